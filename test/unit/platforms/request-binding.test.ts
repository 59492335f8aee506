import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { toHex } from '../../../src/lib/bytes.ts';
import { matchingNumber, qrIsBound, requestDigest } from '../../../src/platforms/relay/request-binding.ts';
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

it('computes the check values of the protocol document', () => {
  const document = readFileSync(projectPath('src/platforms/RELAY-PROTOCOL.md'), 'utf8');
  expect(document).toContain(toHex(digest));
  expect(document).toContain(`${businessId} → ${matchingNumber(businessId, digest)}`);
  expect(matchingNumber(businessId, digest)).toBe('39');
});
