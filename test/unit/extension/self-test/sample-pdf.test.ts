import { expect, test } from 'vitest';
import { memorySource } from '../../../../src/lib/byte-source.ts';
import { openPdf } from '../../../../src/pdf/open-pdf.ts';
import { sampleKeyword, samplePdf } from '../../../../src/extension/self-test/sample-pdf.ts';

const made = new Date('2026-03-01T01:02:03Z');
const bytes = async (): Promise<Uint8Array> => new Uint8Array(await samplePdf(made).arrayBuffer());

test('the sample is one A4 page to the strict reader that seals it', async () => {
  const pdf = await openPdf(memorySource(await bytes()));
  expect(pdf.pageCount).toBe(1);
  expect(await pdf.page(1)).toMatchObject({ width: 595, height: 842 });
});

test('it is ASCII, says when it was made, and where the seal goes exactly once', async () => {
  const text = new TextDecoder('latin1').decode(await bytes());
  expect(text).toMatch(/^[\n\x20-\x7e]+$/);
  expect(text).toContain('2026-03-01T01:02:03.000Z');
  expect(text.split(sampleKeyword)).toHaveLength(2);
});

test('every entry of its table points at its object', async () => {
  const text = new TextDecoder('latin1').decode(await bytes());
  const offsets = [...text.matchAll(/^(\d{10}) 00000 n $/gm)].map(([, offset]) => Number(offset));
  expect(offsets).toHaveLength(5);
  for (const [index, offset] of offsets.entries()) {
    expect(text.slice(offset)).toMatch(new RegExp(`^${index + 1} 0 obj\n`));
  }
  expect(text.slice(Number(/startxref\n(\d+)/.exec(text)?.[1]))).toMatch(/^xref\n/);
});
