// @vitest-environment happy-dom
import { decodeQR } from 'qr/decode.js';
import { expect, test } from 'vitest';
import { QrCode } from '../../../../src/extension/ui/qr-code.tsx';
import { fitsQr, qrMatrix } from '../../../../src/extension/ui/qr-matrix.ts';
import { element, renderPage } from './page-harness.tsx';
import { qrContent } from './session-view.ts';

const pixelsPerModule = 4;

/** The picture that the rendered path draws, as RGBA. */
function drawn(): { width: number; height: number; data: Uint8Array } {
  const size = Number(element('svg').getAttribute('viewBox')?.split(' ')[2]);
  const width = size * pixelsPerModule;
  const data = new Uint8Array(width * width * 4).fill(255);
  const path = element('svg path').getAttribute('d') ?? '';
  for (const [, x, y, run] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let row = 0; row < pixelsPerModule; row += 1) {
      const start = ((Number(y) * pixelsPerModule + row) * width + Number(x) * pixelsPerModule) * 4;
      for (let pixel = 0; pixel < Number(run) * pixelsPerModule; pixel += 1) {
        data.fill(0, start + pixel * 4, start + pixel * 4 + 3);
      }
    }
  }
  return { width, height: width, data };
}

test.each([
  ['one character', 'a'],
  ['a relay QR', qrContent],
  [
    '512 characters, the most that the protocol lets through',
    'https://front.example.cn/'.padEnd(512, 'aZ0-_'),
  ],
  ['Chinese', '湛江市公共资源交易'],
])('the drawn code of %s reads back', async (_, text) => {
  await renderPage(<QrCode text={text} label="code" />);
  expect(decodeQR(drawn())).toBe(text);
});

test('a new text draws a new code', async () => {
  await renderPage(<QrCode text="first" label="code" />);
  await renderPage(<QrCode text="second" label="code" />);
  expect(decodeQR(drawn())).toBe('second');
});

test('the quiet zone is four light modules on each side and not one more', () => {
  const matrix = qrMatrix(qrContent);
  const last = matrix.length - 1;
  const darkAt = (row: number, column: number): boolean => matrix[row]?.[column] ?? false;
  for (let depth = 0; depth < 4; depth += 1) {
    expect(matrix.some((_, i) => darkAt(depth, i) || darkAt(last - depth, i))).toBe(false);
    expect(matrix.some((_, i) => darkAt(i, depth) || darkAt(i, last - depth))).toBe(false);
  }
  expect(darkAt(4, 4)).toBe(true);
});

test('the code is black on a white ground of its own, whatever the colour scheme', async () => {
  await renderPage(<QrCode text="a" label="code" />);
  const svg = element('svg');
  expect(svg.querySelector('rect')?.getAttribute('fill')).toBe('#fff');
  expect(svg.querySelector('rect')?.getAttribute('width')).toBe(String(qrMatrix('a').length));
  expect(svg.querySelector('path')?.getAttribute('fill')).toBe('#000');
});

test('the code is an image with a name', async () => {
  await renderPage(<QrCode text="a" label="login code" />);
  expect(element('svg').getAttribute('role')).toBe('img');
  expect(element('svg').getAttribute('aria-label')).toBe('login code');
});

test('a text that is too long for more correction is drawn with less, and one that no code holds is told', () => {
  expect(qrMatrix('a'.repeat(2_331))).toHaveLength(177 + 8);
  expect(qrMatrix('a'.repeat(2_900))).toHaveLength(177 + 8);
  expect(fitsQr('a'.repeat(2_900))).toBe(true);
  expect(fitsQr('a'.repeat(2_954))).toBe(false);
});
