import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { toHex, utf8 } from '../../../src/lib/bytes.ts';
import {
  matchingNumber,
  qrIsBound,
  requestDigest,
  signingNumber,
} from '../../../src/platforms/relay/request-binding.ts';
import type { SigningRequest } from '../../../src/platforms/platform.ts';
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
