import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { generateSm2KeyPair } from '../../../src/gm/sm2.ts';
import { sm3 } from '../../../src/gm/sm3.ts';
import { fromBase64, toBase64, toHex, utf8 } from '../../../src/lib/bytes.ts';
import {
  matchingNumber,
  qrIsBound,
  requestDigest,
  signingNumber,
} from '../../../src/platforms/relay/request-binding.ts';
import type { DocumentsRequest, OpeningRequest, SigningRequest } from '../../../src/platforms/platform.ts';
import { projectPath } from '../../support/project-paths.ts';

const origin = 'https://ggzy.zhanjiang.gov.cn';
const challenge = 'k3Jx9QmZ7vT2wLrB8sYd';
const businessId = 'mR2c0Vv5nX8yQ1aZ';
const base = 'https://front.example.cn/relay/v1';
const scanToken = 's'.repeat(22);
const digest = requestDigest({ scene: 'login', origin, challenge });
const sound = `${base}/scan/${businessId}#${scanToken}.vZsMcBr573fpwVpuy1Eu-Q`;

describe('a QR that is not bound to the request', () => {
  test.each([
    ['another front server', sound.replace('front.example.cn', 'front.example.com')],
    ['a host that only begins alike', sound.replace('front.example.cn', 'front.example.cn.evil.example')],
    ['another path', sound.replace('/scan/', '/scam/')],
    ['another business id', sound.replace(businessId, 'mR2c0Vv5nX8yQ1aY')],
    ['another digest', sound.replace('vZsM', 'vZsN')],
    ['a digest cut short', sound.slice(0, -1)],
    ['no digest', sound.split('.').slice(0, -1).join('.')],
    ['something behind the digest', `${sound}.x`],
    ['a scan token too short', sound.replace(scanToken, 's'.repeat(21))],
    ['no fragment', sound.replace('#', '?')],
    ['nothing', ''],
  ])('%s is refused', (_why, qr) => {
    expect(qrIsBound(qr, base, businessId, digest)).toBe(false);
  });
});

it('accepts the one that is', () => {
  expect(qrIsBound(sound, base, businessId, digest)).toBe(true);
});

const signing: SigningRequest = {
  scene: 'signature',
  origin,
  documents: [
    {
      name: '商务标.pdf',
      size: 3,
      sm3: '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0',
    },
    {
      name: '报价 一览表.pdf',
      size: 64,
      sm3: 'debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732',
    },
  ],
};

describe('the digest of a signing request', () => {
  const [first, second] = signing.documents;
  if (first === undefined || second === undefined) throw new Error('two documents');

  test.each<[string, SigningRequest]>([
    ['another scene', { ...signing, scene: 'revokeSignature' }],
    ['another origin', { ...signing, origin: `${origin}.evil.example` }],
    ['a document less', { ...signing, documents: [first] }],
    ['a document twice', { ...signing, documents: [first, second, second] }],
    ['another order', { ...signing, documents: [second, first] }],
    ['another name', { ...signing, documents: [{ ...first, name: '商务标 .pdf' }, second] }],
    ['another size', { ...signing, documents: [{ ...first, size: 4 }, second] }],
    ['another content', { ...signing, documents: [{ ...first, sm3: second.sm3 }, second] }],
  ])('changes with %s', (_what, changed) => {
    expect(toHex(requestDigest(changed))).not.toBe(toHex(requestDigest(signing)));
  });

  it('is none of a login whose challenge reads alike', () => {
    const login = { scene: 'login', origin, challenge: 'documents:' } as const;
    expect(toHex(requestDigest(login))).not.toBe(toHex(requestDigest({ ...signing, documents: [] })));
  });
});

const encrypted = signing.documents.map((document) => ({ ...document, name: `${document.name}.cabid` }));
/** Of the protocol document: the curve's base point. */
const oneTimeKey = 'BDLEriwfGYEZX5kERmo5yZSP4wu/8mYL4XFaRYkzTHTHvDc2ovT2d5xZvc7ja2khU9Cph3zGKkdAAt8y5SE58KA=';
const opening = {
  scene: 'decrypt',
  purpose: 'open',
  origin,
  documents: encrypted,
  oneTimeKey,
} as const satisfies OpeningRequest;
const check = { scene: 'decrypt', purpose: 'check', origin, documents: encrypted } as const;

describe('the digest of a decryption', () => {
  test.each<[string, DocumentsRequest]>([
    ['a check', check],
    ['a rehearsal', { ...opening, purpose: 'rehearse' }],
    ['an encryption of the same documents', { scene: 'encrypt', origin, documents: encrypted }],
    ['other documents', { ...opening, documents: signing.documents }],
    ['another one-time key', { ...opening, oneTimeKey: toBase64(generateSm2KeyPair().publicKey) }],
    ['the same key with one bit turned', { ...opening, oneTimeKey: oneTimeKey.replace('BDLE', 'BDLF') }],
  ])('is not that of %s', (_what, other) => {
    expect(toHex(requestDigest(other))).not.toBe(toHex(requestDigest(opening)));
  });

  it('is none of a signature whose scene reads alike', () => {
    const alike = { ...opening, purpose: 'documents' } as unknown as OpeningRequest;
    const signed = { ...signing, documents: opening.documents };
    expect(toHex(requestDigest(alike))).not.toBe(toHex(requestDigest(signed)));
  });
});

describe('the check values of the protocol document for bids', () => {
  const document = readFileSync(projectPath('src/platforms/RELAY-PROTOCOL.md'), 'utf8');
  const { documents } = signing;

  it.each<[string, DocumentsRequest, string, string]>([
    ['encrypt', { scene: 'encrypt', origin, documents }, '96', 'HUID7It1ImUTviI-iYZNIg'],
    ['open', opening, '11', 'kiHFOfCAJ3h333yWnfOBiw'],
    ['check', check, '75', '9TUvIXxz4UO_62OXuhH7Zg'],
    ['rehearse', { ...opening, purpose: 'rehearse' }, '14', 'w9ZzrKgiPIlqPWe7CB2a7Q'],
  ])('hold for %s', (_what, request, number, bound) => {
    const requested = requestDigest(request);
    expect(document).toContain(toHex(requested));
    expect(matchingNumber(businessId, requested)).toBe(number);
    expect(qrIsBound(sound.replace(/[^.]+$/, bound), base, businessId, requested)).toBe(true);
  });

  it('hold for the digest of the one-time key', () => {
    expect(document).toContain(oneTimeKey);
    expect(document).toContain(toHex(sm3(fromBase64(oneTimeKey))));
  });

  it('hold for the number of one request to open', () => {
    const number = signingNumber(businessId, requestDigest(opening), [utf8('request to open 1')]);
    expect(number).toBe('52');
    expect(document).toContain(`signingNumber   businessId ${businessId} → ${number}`);
  });
});

it('computes the signing check values of the protocol document', () => {
  const document = readFileSync(projectPath('src/platforms/RELAY-PROTOCOL.md'), 'utf8');
  const digestOfSigning = requestDigest(signing);
  const number = signingNumber(businessId, digestOfSigning, ['to be signed 1', 'to be signed 2'].map(utf8));
  expect(document).toContain(toHex(digestOfSigning));
  expect(matchingNumber(businessId, digestOfSigning)).toBe('83');
  expect(number).toBe('19');
  expect(document).toContain(`signingNumber   businessId ${businessId} → ${number}`);
  expect(
    qrIsBound(sound.replace(/[^.]+$/, 'oqgGS3u6096gLga7AF0kIQ'), base, businessId, digestOfSigning),
  ).toBe(true);
});

it('computes the check values of the protocol document', () => {
  const document = readFileSync(projectPath('src/platforms/RELAY-PROTOCOL.md'), 'utf8');
  expect(document).toContain(toHex(digest));
  expect(document).toContain(`${businessId} → ${matchingNumber(businessId, digest)}`);
  expect(matchingNumber(businessId, digest)).toBe('39');
});
