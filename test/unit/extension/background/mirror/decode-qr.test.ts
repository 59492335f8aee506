import { describe, expect, it, test } from 'vitest';
import { decodeQr } from '../../../../../src/extension/background/mirror/decode-qr.ts';
import { pageLimits } from '../../../../../src/protocol/page-limits.ts';
import { drawnQr } from './drawn-qr.ts';

const text =
  'https://front.example.cn/relay/v1/scan/0123456789abcdef#0123456789abcdefghijkl.0123456789abcdefghijkl';

describe('reads a QR', () => {
  test.each([
    ['with a quiet zone', drawnQr(text)],
    ['drawn to the edge of its picture', drawnQr(text, { border: 0 })],
    ['of one pixel a module', drawnQr(text, { scale: 1, border: 0 })],
    ['of one and a half pixels a module', drawnQr(text, { scale: 1.5, border: 1 })],
    ['as large as can be told', drawnQr(text, { scale: 10 })],
    ['light on dark, to the edge', drawnQr(text, { dark: 255, light: 0, border: 0 })],
    ['pale', drawnQr(text, { dark: 150, light: 230 })],
  ])('%s', (_kind, qr) => {
    expect(Math.max(qr.width, qr.height)).toBeLessThanOrEqual(pageLimits.qrPictureSide);
    expect(decodeQr(qr)).toBe(text);
  });

  it('of Chinese words', () => {
    expect(decodeQr(drawnQr('湛江市公共资源交易中心'))).toBe('湛江市公共资源交易中心');
  });
});

describe('reads nothing, and does not fail', () => {
  const good = drawnQr(text);
  test.each([
    ['pixels that are too few', { ...good, height: good.height + 1 }],
    ['pixels that are too many', { ...good, width: good.width - 1 }],
    ['base64 that is none', { ...good, grey: '%%%' }],
    ['base64 with stray bits', { ...good, grey: 'AB==' }],
    ['white', { ...good, grey: Buffer.alloc(good.width * good.height, 255).toString('base64') }],
    [
      'half of it',
      {
        ...good,
        height: 40,
        grey: Buffer.from(good.grey, 'base64')
          .subarray(0, 40 * good.width)
          .toString('base64'),
      },
    ],
  ])('%s', (_kind, qr) => {
    expect(decodeQr(qr)).toBeUndefined();
  });

  it('of noise, in bounded time', () => {
    const side = pageLimits.qrPictureSide;
    let state = 1;
    const noise = Uint8Array.from(
      { length: side * side },
      () => (state = (state * 16_807) % 2_147_483_647) & 255,
    );
    const begun = performance.now();
    expect(
      decodeQr({ type: 'pixels', width: side, height: side, grey: Buffer.from(noise).toString('base64') }),
    ).toBeUndefined();
    expect(performance.now() - begun).toBeLessThan(1_000);
  });
});
