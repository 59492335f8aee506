import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, test, vi } from 'vitest';
import { parseCertificate } from '../../../src/gm/certificate.ts';
import {
  encodeObjectIdentifier,
  encodeOctetString,
  encodeSequence,
  encodeSetOf,
} from '../../../src/gm/der-encode.ts';
import { parseDer } from '../../../src/gm/der.ts';
import { oid } from '../../../src/gm/object-identifiers.ts';
import { encodeSignedAttributes } from '../../../src/gm/signed-attributes.ts';
import {
  assembleSignedData,
  createSignedData,
  createToBeSignedAttributes,
} from '../../../src/gm/signed-data-builder.ts';
import { verifySignedData } from '../../../src/gm/signed-data.ts';
import { signSm2 } from '../../../src/gm/sm2.ts';
import { sm3 } from '../../../src/gm/sm3.ts';
import { concatBytes, fromHex, utf8 } from '../../../src/lib/bytes.ts';
import { openssl } from '../../support/openssl.ts';
import { createTemporaryFolder } from '../../support/temporary-folder.ts';
import { issueIntermediate, issueRoot, issueSubscriber, reissue, replaceBytes, toPem } from './test-pki.ts';

vi.setConfig({ testTimeout: 60_000 });

const root = issueRoot();
const intermediate = issueIntermediate(root);
const signer = issueSubscriber(intermediate);
const { certificate } = signer;
const content = utf8('投标函：总价 1,234,567.89 元');
const signingTime = new Date('2026-07-01T07:59:00Z');
const contentDigest = sm3(content);
const flavours = ['gm', 'pkcs7'] as const;
const refused = (reason: string) => ({ ok: false, reason });

const prepare = (flavour: 'gm' | 'pkcs7') =>
  createToBeSignedAttributes({ contentDigest, signingTime, certificate, flavour });

/** Signs as the phone does, which sees `toBeSigned` alone. */
function assemble(flavour: 'gm' | 'pkcs7', toBeSigned = prepare(flavour), given = certificate) {
  const signature = signSm2(signer.privateKey, toBeSigned);
  return assembleSignedData({
    toBeSigned,
    signature,
    certificate: given,
    chain: [intermediate.certificate],
    flavour,
  });
}

describe('a SignedData put together from two halves is refused', () => {
  it('certificateMismatch when another certificate of the same key and number takes the signer’s place', () => {
    const other = reissue(certificate, intermediate.privateKey, utf8('张三'), utf8('李四'));
    expect(parseCertificate(other).subject.commonName).toBe('李四');
    expect(verifySignedData(assemble('gm', prepare('gm'), other), { content })).toEqual(
      refused('certificateMismatch'),
    );
  });

  it('unsupportedAlgorithm when a digest not known here names the certificate', () => {
    const signingCertificate = { algorithm: '1.3.14.3.2.26', value: new Uint8Array(20) };
    const attributes = encodeSignedAttributes({
      contentType: oid.gmData,
      messageDigest: contentDigest,
      signingCertificate,
    });
    expect(verifySignedData(assemble('gm', attributes), { content })).toEqual(
      refused('unsupportedAlgorithm'),
    );
  });

  it('malformed when the attribute names no certificate', () => {
    const plain = parseDer(
      encodeSignedAttributes({ contentType: oid.gmData, messageDigest: contentDigest }),
    ).children.map(({ raw }) => raw);
    const empty = encodeSequence(
      encodeObjectIdentifier(oid.signingCertificateV2),
      encodeSetOf(encodeSequence(encodeSequence())),
    );
    expect(verifySignedData(assemble('gm', encodeSetOf(...plain, empty)), { content })).toEqual(
      refused('malformed'),
    );
  });

  test.each(flavours)(
    'digestMismatch when attributes of the other flavour are in a message of %s',
    (flavour) => {
      const other = flavour === 'gm' ? 'pkcs7' : 'gm';
      expect(verifySignedData(assemble(flavour, prepare(other)), { content })).toEqual(
        refused('digestMismatch'),
      );
    },
  );

  it('malformed when the content type is of the other flavour', () => {
    const message = assemble('pkcs7');
    const gm = parseDer(assemble('gm')).children[1]?.raw ?? message;
    const mixed = encodeSequence(encodeObjectIdentifier(oid.pkcs7SignedData), gm);
    expect(verifySignedData(mixed, { content })).toEqual(refused('malformed'));
  });

  it('signatureInvalid when the phone signed another digest', () => {
    const toBeSigned = prepare('gm');
    const elsewhere = createToBeSignedAttributes({
      contentDigest: sm3(utf8('x')),
      signingTime,
      certificate,
      flavour: 'gm',
    });
    const signature = signSm2(signer.privateKey, elsewhere);
    const message = assembleSignedData({ toBeSigned, signature, certificate, flavour: 'gm' });
    expect(verifySignedData(message, { content })).toEqual(refused('signatureInvalid'));
  });

  it('digestMismatch, contentMismatch when only another digest is at hand', () => {
    const given = { contentDigest: sm3(utf8('x')) };
    expect(verifySignedData(assemble('gm'), given)).toEqual(refused('digestMismatch'));
    const { before, after } = frame(content.length);
    expect(verifySignedData(concatBytes(before, content, after), given)).toEqual(refused('contentMismatch'));
  });

  it('before it is made: of a digest that is not SM3’s', () => {
    const request = { contentDigest: new Uint8Array(20), signingTime, certificate, flavour: 'gm' } as const;
    expect(() => createToBeSignedAttributes(request)).toThrow(RangeError);
  });
});

function frame(size: number) {
  const toBeSigned = prepare('gm');
  const signature = signSm2(signer.privateKey, toBeSigned);
  return assembleSignedData({ toBeSigned, signature, certificate, flavour: 'gm', attached: { size } });
}

describe('a SignedData put together from two halves', () => {
  test.each(flavours)('verifies, %s, with the content or its digest alone', (flavour) => {
    const message = assemble(flavour);
    const expected = { ok: true, signers: [{ certificate: { raw: certificate }, signingTime }] };
    expect(verifySignedData(message, { content })).toMatchObject(expected);
    expect(verifySignedData(message, { contentDigest })).toMatchObject(expected);
  });

  it('verifies when SHA-256, the default, names the certificate', async () => {
    const value = new Uint8Array(await openssl(['dgst', '-sha256', '-binary'], certificate));
    const attributes = encodeSignedAttributes({
      contentType: oid.gmData,
      messageDigest: contentDigest,
      signingCertificate: { algorithm: oid.sha256, value },
    });
    expect(verifySignedData(assemble('gm', attributes), { content }).ok).toBe(true);
    const wrong = replaceBytes(attributes, value, sm3(certificate));
    expect(verifySignedData(assemble('gm', wrong), { content })).toEqual(refused('certificateMismatch'));
  });

  it('leaves room for a content of each size, and is DER around it', () => {
    for (const size of [0, 1, 100, 127, 128, 255, 256, 65_535, 65_536]) {
      const { before, after } = frame(size);
      const message = concatBytes(before, new Uint8Array(size), after);
      expect(parseDer(message).raw.length).toBe(message.length);
    }
  });

  it('counts contents of 4 GiB and more in its lengths', () => {
    const size = 5 * 2 ** 30;
    const { before, after } = frame(size);
    expect(before.subarray(0, 2)).toEqual(fromHex('3085'));
    const length = before.subarray(2, 7).reduce((value, octet) => value * 256 + octet, 0);
    expect(length).toBe(before.length - 7 + size + after.length);
    expect(before.subarray(-7)).toEqual(fromHex('04850140000000'));
  });

  test.each(flavours)('reads to openssl as its standard has it, %s', async (flavour) => {
    const folder = await createTemporaryFolder();
    try {
      const path = join(folder.path, 'message');
      await writeFile(path, assemble(flavour));
      const said = (await openssl(['asn1parse', '-inform', 'DER', '-in', path])).toString('utf8');
      expect(said).toContain(flavour === 'gm' ? oid.gmSignedData : ':pkcs7-signedData');
      expect(said).toContain(':id-smime-aa-signingCertificateV2');
      expect(said).toContain(flavour === 'gm' ? oid.sm2Sign : ':SM2-with-SM3');
    } finally {
      await folder.remove();
    }
  });

  it('is what openssl cms prints, pkcs7, and its signature is one to openssl', async () => {
    const folder = await createTemporaryFolder();
    const path = (name: string) => join(folder.path, name);
    try {
      const toBeSigned = prepare('pkcs7');
      await writeFile(path('message'), assemble('pkcs7', toBeSigned));
      const printed = await openssl(['cms', '-cmsout', '-print', '-inform', 'DER', '-in', path('message')]);
      expect(printed.toString('utf8')).toContain('signingCertificateV2');
      await writeFile(path('certificate.pem'), toPem('CERTIFICATE', certificate));
      const key = await openssl(['x509', '-in', path('certificate.pem'), '-noout', '-pubkey']);
      await writeFile(path('key.pem'), key);
      await writeFile(path('signed'), toBeSigned);
      await writeFile(path('signature'), signSm2(signer.privateKey, toBeSigned));
      const files = [
        '-pubin',
        '-inkey',
        path('key.pem'),
        '-in',
        path('signed'),
        '-sigfile',
        path('signature'),
      ];
      const options = ['-rawin', '-digest', 'sm3', '-pkeyopt', 'distid:1234567812345678'];
      const said = await openssl(['pkeyutl', '-verify', ...files, ...options]);
      expect(said.toString('utf8')).toContain('Verified Successfully');
    } finally {
      await folder.remove();
    }
  });
});

it('a content that is signed attributes, even of a making not read here, is ambiguousContent', () => {
  const digest = encodeSetOf(encodeOctetString(contentDigest));
  const unreadable = encodeSetOf(encodeSequence(encodeObjectIdentifier(oid.messageDigest), digest));
  expect(verifySignedData(assemble('gm', unreadable), { content })).toEqual(refused('malformed'));
  const passedOff = createSignedData({ content: unreadable, form: 'attached', signer });
  expect(verifySignedData(passedOff)).toEqual(refused('ambiguousContent'));
});
