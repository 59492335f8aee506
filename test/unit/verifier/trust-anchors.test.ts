import { describe, expect, it, test } from 'vitest';
import { toHex } from '../../../src/lib/bytes.ts';
import { readTrustAnchors } from '../../../src/verifier/verifier.ts';
import { issueRoot, issueSubscriber, toPem } from '../gm/test-pki.ts';

const root = issueRoot();
const second = issueRoot({ commonName: '第二根' });
const pem = toPem('CERTIFICATE', root.certificate);
const subscriber = issueSubscriber(root).certificate;

describe('a site does not start with', () => {
  test.each<[string, (Uint8Array | string)[]]>([
    ['no anchor', []],
    ['an empty file', ['']],
    ['a key beside the certificate', [pem + toPem('PRIVATE KEY', root.privateKey)]],
    ['a certificate cut short', [pem.slice(0, -40)]],
    ['base64 that is none', [pem.replace('MII', '!II')]],
    ['base64 of no certificate', [toPem('CERTIFICATE', Uint8Array.of(1, 2, 3))]],
    ['a subscriber for an authority', [toPem('CERTIFICATE', subscriber)]],
    ['one good and one bad', [root.certificate, root.certificate.subarray(1)]],
  ])('%s', (_, sources) => {
    expect(() => readTrustAnchors(...sources)).toThrow(TypeError);
  });
});

it('anchors are read from DER, and from PEM with text between and Windows line ends', () => {
  const bundle = `# 测试根\r\n${pem.replaceAll('\n', '\r\n')}\n\n${toPem('CERTIFICATE', second.certificate)}`;
  const anchors = readTrustAnchors(bundle, root.certificate);
  const expected = [root, second, root].map(({ certificate }) => toHex(certificate));
  expect(anchors.map(({ raw }) => toHex(raw))).toEqual(expected);
});
