import { describe, expect, it } from 'vitest';
import { toHex } from '../../../src/lib/bytes.ts';
import { qrText } from '../../../src/sandbox/gateway/binding.ts';
import { boundPart, digestOf, matchingNumberOf } from '../../../src/sandbox/phone/request-binding.ts';

const asked = {
  scene: 'login',
  origin: 'https://ggzy.zhanjiang.gov.cn',
  challenge: 'k3Jx9QmZ7vT2wLrB8sYd',
};
const businessId = 'mR2c0Vv5nX8yQ1aZ';

describe('the relay document’s check values', () => {
  it('hold for the phone', () => {
    const digest = digestOf(asked);
    expect(toHex(digest)).toBe('bd9b0c701af9ef77e9c15a6ecb512ef9553be4afb7374649f56e73e4176b1b8d');
    expect(boundPart(digest)).toBe('vZsMcBr573fpwVpuy1Eu-Q');
    expect(matchingNumberOf(businessId, digest)).toBe('39');
  });

  it('hold for the front server', () => {
    const qr = qrText('https://front.example.cn/relay/v1', businessId, 'scanToken', asked);
    expect(qr).toBe(
      'https://front.example.cn/relay/v1/scan/mR2c0Vv5nX8yQ1aZ#scanToken.vZsMcBr573fpwVpuy1Eu-Q',
    );
  });
});
