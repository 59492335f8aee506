import { describe, expect, it, test, vi } from 'vitest';
import { verifySignedData } from '../../../src/gm/signed-data.ts';
import { createSignedData } from '../../../src/gm/signed-data-builder.ts';
import { memorySource } from '../../../src/lib/byte-source.ts';
import { concatBytes } from '../../../src/lib/bytes.ts';
import { inspectSignatures, type PdfSignature } from '../../../src/pdf/inspect-signatures.ts';
import { openPdf } from '../../../src/pdf/open-pdf.ts';
import { PdfError, type PdfErrorReason } from '../../../src/pdf/pdf-error.ts';
import { hostilePdfs, type HostileOutcome } from '../../fixtures/hostile-pdfs.ts';
import { issueRoot, issueSubscriber } from '../gm/test-pki.ts';

// Other programs may need the processors at the same time.
vi.setConfig({ testTimeout: 60_000 });

const signer = issueSubscriber(issueRoot());
const signedAttributes = { signingTime: new Date('2026-07-01T07:59:00Z') };
const sign = (content: Uint8Array) =>
  createSignedData({ content, form: 'detached', signer, signedAttributes, flavour: 'pkcs7' });

/** Opens the document and looks at all that its user would: pages and signatures. */
async function lookThrough(pdf: Uint8Array): Promise<PdfErrorReason | readonly PdfSignature[]> {
  try {
    const document = await openPdf(memorySource(pdf));
    for (let page = 1; page <= Math.min(document.pageCount, 20); page += 1) await document.page(page);
    return await inspectSignatures(document);
  } catch (error) {
    if (error instanceof PdfError) return error.reason;
    throw error;
  }
}

function isGenuine(pdf: Uint8Array, { byteRange, contents }: PdfSignature): boolean {
  const [start, length, nextStart, nextLength] = byteRange;
  const content = concatBytes(
    pdf.subarray(start, start + length),
    pdf.subarray(nextStart, nextStart + nextLength),
  );
  return verifySignedData(contents, { content }).ok;
}

/** What the table's outcomes are compared with. */
async function outcomeOf(pdf: Uint8Array) {
  const found = await lookThrough(pdf);
  if (typeof found === 'string') return { refused: found };
  if (found.length === 0) return { unsigned: true };
  return {
    problems: [...new Set(found.flatMap(({ problems }) => problems))],
    changes: [...new Set((found[0]?.changesAfter ?? []).map(({ kind }) => kind))],
    forged: found.some((signature) => signature.problems.length === 0 && !isGenuine(pdf, signature)),
  };
}

/** The outcome of the table as a matcher: other problems or changes may be told as well. */
function expectedOf(outcome: HostileOutcome): object {
  const all = (values: readonly string[]): unknown => expect.arrayContaining([...values]);
  if ('problems' in outcome) return { problems: all(outcome.problems) };
  return 'changes' in outcome ? { changes: all(outcome.changes) } : outcome;
}

describe('a hostile PDF', () => {
  it('is one of many kinds, each with a name of its own', () => {
    const kinds = new Set(hostilePdfs.map(({ kind }) => kind));
    expect(kinds.size).toBe(hostilePdfs.length);
    expect(kinds.size).toBeGreaterThan(100);
  });

  test.each(hostilePdfs)('is told for what it is: $kind', async ({ build, outcome }) => {
    const pdf = await build(sign);
    const began = performance.now();
    const found = await outcomeOf(pdf);
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(found).toMatchObject(expectedOf(outcome));
  });
});
