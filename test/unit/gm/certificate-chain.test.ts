import { describe, expect, it, test, vi } from 'vitest';
import { issueIntermediateCertificate, type Authority } from '../../../src/gm/certificate-builder.ts';
import { buildChain, type ChainRequest, type ChainResult } from '../../../src/gm/certificate-chain.ts';
import { parseCertificate } from '../../../src/gm/certificate.ts';
import { encodeObjectIdentifier, encodeSequence } from '../../../src/gm/der-encode.ts';
import { oid } from '../../../src/gm/object-identifiers.ts';
import { generateSm2KeyPair, sm2SignatureHolds } from '../../../src/gm/sm2.ts';
import { fromHex, utf8 } from '../../../src/lib/bytes.ts';
import {
  issueIntermediate,
  issueRoot,
  issueSubscriber,
  moment,
  reissue,
  type Credential,
  type IssueOptions,
} from './test-pki.ts';

vi.mock('../../../src/gm/sm2.ts', { spy: true });

const root = issueRoot();
const intermediate = issueIntermediate(root);
const leaf = issueSubscriber(intermediate);
const day = 86_400_000;
const past = { notBefore: new Date(moment.getTime() - 9 * day), notAfter: new Date(moment.getTime() - day) };
const future = {
  notBefore: new Date(moment.getTime() + day),
  notAfter: new Date(moment.getTime() + 9 * day),
};
const critical: IssueOptions = {
  extraExtensions: [{ id: '2.5.29.30', critical: true, value: Uint8Array.of(0x30, 0) }],
};

function build(change: Partial<Omit<ChainRequest, 'leaf'>> & { readonly leaf?: Credential } = {}) {
  return buildChain({
    intermediates: [intermediate.certificate],
    anchors: [parseCertificate(root.certificate)],
    at: moment,
    purpose: 'digitalSignature',
    ...change,
    leaf: (change.leaf ?? leaf).certificate,
  });
}

const buildAt = (time: number) => build({ at: new Date(time) });

/** Common names from leaf to anchor, or the refusal. */
const namesOf = (result: ChainResult) =>
  result.ok ? result.chain.map(({ subject }) => subject.commonName) : result;

const refused = (reason: string) => ({ ok: false, reason });
const anchorsOf = (...authorities: Authority[]) =>
  authorities.map((authority) => parseCertificate(authority.certificate));

describe('untrusted', () => {
  it('without the intermediate', () => {
    expect(build({ intermediates: [] })).toEqual(refused('untrusted'));
  });

  it('without anchors', () => {
    expect(build({ anchors: [] })).toEqual(refused('untrusted'));
  });

  it('under a self-made authority of the same names', () => {
    const otherRoot = issueRoot();
    const other = issueIntermediate(otherRoot);
    const intermediates = [other.certificate, otherRoot.certificate];
    expect(build({ leaf: issueSubscriber(other), intermediates })).toEqual(refused('untrusted'));
  });

  it('under a self-made authority of the same names and key identifier', () => {
    const own = generateSm2KeyPair();
    const copy = reissue(intermediate.certificate, own.privateKey, intermediate.publicKey, own.publicKey);
    const forged = issueSubscriber({ certificate: copy, privateKey: own.privateKey });
    expect(build({ leaf: forged, intermediates: [copy] })).toEqual(refused('untrusted'));
    expect(build({ leaf: forged })).toEqual(refused('untrusted'));
  });

  it('below an authority of the right key and another name', () => {
    const renamed = reissue(root.certificate, root.privateKey, utf8('测试根'), utf8('测试枝'));
    expect(build({ anchors: [parseCertificate(renamed)] })).toEqual(refused('untrusted'));
  });

  it('directly below a self-made root of the same name', () => {
    const own = issueRoot();
    expect(build({ leaf: issueSubscriber(own), intermediates: [own.certificate] })).toEqual(
      refused('untrusted'),
    );
  });

  it('when issued by a subscriber', () => {
    const fake = issueSubscriber(leaf);
    const intermediates = [leaf.certificate, intermediate.certificate];
    expect(build({ leaf: fake, intermediates })).toEqual(refused('untrusted'));
  });

  it('below an authority whose key may not sign certificates', () => {
    const value = encodeSequence(fromHex('0101ff'));
    const mixed = issueSubscriber(root, 'signing', {
      extraExtensions: [{ id: oid.basicConstraints, critical: true, value }],
    });
    expect(build({ leaf: issueSubscriber(mixed), intermediates: [mixed.certificate] })).toEqual(
      refused('untrusted'),
    );
  });

  it('below an authority that may have none below it', () => {
    const second = issueIntermediate(intermediate, { commonName: '第二级' });
    const intermediates = [second.certificate, intermediate.certificate];
    expect(build({ leaf: issueSubscriber(second), intermediates })).toEqual(refused('untrusted'));
  });

  test.each([
    ['expired', past],
    ['not yet valid', future],
    ['of an unknown critical extension', critical],
  ])('below an authority that is %s', (_, options) => {
    const bad = issueIntermediate(root, options);
    const intermediates = [bad.certificate];
    expect(build({ leaf: issueSubscriber(bad), intermediates })).toEqual(refused('untrusted'));
  });

  it('below an expired anchor', () => {
    const old = issueRoot(past);
    const below = issueIntermediate(old);
    expect(
      build({
        leaf: issueSubscriber(below),
        intermediates: [below.certificate],
        anchors: anchorsOf(old),
      }),
    ).toEqual(refused('untrusted'));
  });

  it('when an authority’s certificate was altered', () => {
    const altered = intermediate.certificate.slice();
    altered[altered.length - 1] = (altered.at(-1) ?? 0) ^ 1;
    expect(build({ intermediates: [altered] })).toEqual(refused('untrusted'));
  });

  it('after a bounded number of signatures, however the intermediates point at each other', () => {
    const own = issueRoot({ commonName: '环' });
    const serial = fromHex(parseCertificate(own.certificate).serialNumber);
    const ring = Array.from({ length: 16 }, (_, index) =>
      reissue(own.certificate, own.privateKey, serial, serial.with(15, index)),
    );
    const inRing = issueSubscriber(own);
    vi.mocked(sm2SignatureHolds).mockClear();
    expect(build({ leaf: inRing, intermediates: ring })).toEqual(refused('untrusted'));
    expect(sm2SignatureHolds).toHaveBeenCalledTimes(32);
  });
});

describe('the leaf is judged', () => {
  it('notYetValid one millisecond before, expired one millisecond after its validity', () => {
    const { notBefore, notAfter } = parseCertificate(leaf.certificate);
    expect(buildAt(notBefore.getTime() - 1)).toEqual(refused('notYetValid'));
    expect(buildAt(notBefore.getTime()).ok).toBe(true);
    expect(buildAt(notAfter.getTime()).ok).toBe(true);
    expect(buildAt(notAfter.getTime() + 1)).toEqual(refused('expired'));
  });

  it('keyUsage, each half of a pair for the other’s purpose', () => {
    const encryption = issueSubscriber(intermediate, 'encryption');
    expect(build({ leaf: encryption })).toEqual(refused('keyUsage'));
    expect(build({ leaf, purpose: 'encryption' })).toEqual(refused('keyUsage'));
    expect(build({ leaf: encryption, purpose: 'encryption' }).ok).toBe(true);
  });

  it('keyUsage for an authority’s certificate', () => {
    expect(build({ leaf: intermediate, intermediates: [] })).toEqual(refused('keyUsage'));
  });

  test.each([
    ['keyUsage', 'a web server', [oid.serverAuth]],
    ['keyUsage', 'programs and time stamps', [oid.codeSigning, oid.timeStamping]],
    ['fit', 'e-mail', ['1.3.6.1.5.5.7.3.4']],
    ['fit', 'a web server and any other', [oid.serverAuth, '2.5.29.37.0']],
  ])('%s with the extended purpose of %s', (outcome, _, purposes) => {
    const value = encodeSequence(...purposes.map(encodeObjectIdentifier));
    const extraExtensions = [{ id: oid.extendedKeyUsage, critical: true, value }];
    const result = build({ leaf: issueSubscriber(intermediate, 'signing', { extraExtensions }) });
    expect(result.ok ? 'fit' : result.reason).toBe(outcome);
  });

  it('malformed with an unknown critical extension', () => {
    expect(build({ leaf: issueSubscriber(intermediate, 'signing', critical) })).toEqual(refused('malformed'));
  });

  it('malformed when it or an intermediate is no certificate', () => {
    const noise = { ...leaf, certificate: leaf.certificate.subarray(1) };
    expect(build({ leaf: noise })).toEqual(refused('malformed'));
    expect(build({ intermediates: [intermediate.certificate, Uint8Array.of(0x30, 0)] })).toEqual(
      refused('malformed'),
    );
  });
});

describe('a chain is found', () => {
  it('from leaf to anchor', () => {
    expect(namesOf(build())).toEqual(['张三', '测试中间', '测试根']);
  });

  it('directly below an anchor', () => {
    expect(namesOf(build({ leaf: issueSubscriber(root), intermediates: [] }))).toEqual(['张三', '测试根']);
  });

  it('to an anchor that is itself an intermediate', () => {
    expect(namesOf(build({ anchors: anchorsOf(intermediate), intermediates: [] }))).toEqual([
      '张三',
      '测试中间',
    ]);
  });

  it('through an authority’s own certificate for its next key, which counts against no bound', () => {
    const next = generateSm2KeyPair();
    const subject = { country: 'CN', organization: '测试机构', commonName: '测试中间' };
    const { notBefore, notAfter } = parseCertificate(intermediate.certificate);
    const validity = { notBefore, notAfter };
    const rollover = issueIntermediateCertificate({ subject, issuer: intermediate, ...next, ...validity });
    const issuer = { certificate: rollover, privateKey: next.privateKey };
    const intermediates = [intermediate.certificate, rollover];
    expect(namesOf(build({ leaf: issueSubscriber(issuer), intermediates }))).toEqual([
      '张三',
      '测试中间',
      '测试中间',
      '测试根',
    ]);
  });

  it('whatever the order of the intermediates, past impostors of the same name', () => {
    const middle = issueIntermediate(root, { commonName: '第一级', pathLength: 1 });
    const lower = issueIntermediate(middle, { commonName: '第二级' });
    const impostor = issueIntermediate(issueRoot(), { commonName: '第二级' });
    const expired = issueIntermediate(root, { commonName: '第一级', ...past });
    const intermediates = [impostor, expired, lower, middle, root].map(({ certificate }) => certificate);
    expect(namesOf(build({ leaf: issueSubscriber(lower), intermediates }))).toEqual([
      '张三',
      '第二级',
      '第一级',
      '测试根',
    ]);
  });
});
