import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { samplePdf } from '../../src/sandbox/trading-site/sample-pdf.ts';
import { listedSignatures, qpdfComplaints, renderPage } from '../support/pdf-judges.ts';
import { closePages, startLab, type Lab } from '../support/lab.ts';
import { keepPicture, takeScreenshot } from '../support/screenshots.ts';
import { pickCompanySeal, startSealing, type SigningReport } from '../support/signing-calls.ts';

let lab: Lab;
beforeAll(async () => void (lab = await startLab()));
afterEach(() => closePages(lab));
afterAll(() => lab.close());

const bid = (pages = 2) => ({ name: '投标文件.pdf', bytes: samplePdf('Bid', pages) });

/** The one sealed file, clean by qpdf, its signature known to pdfsig, its pages kept to be looked at. */
async function onlySealed({ error, files }: SigningReport, picture: string): Promise<Uint8Array> {
  expect(error).toBeUndefined();
  const [file] = files;
  if (file === undefined) throw new Error('no file');
  expect(await qpdfComplaints(file.bytes)).toBe('');
  await keepPicture(await renderPage(file.bytes, 1), `${picture} page 1`);
  await keepPicture(await renderPage(file.bytes, 2), `${picture} page 2`);
  return file.bytes;
}

describe('a bidder seals a PDF', () => {
  it('by dragging the seal onto a page', async () => {
    const { prompt, finish } = await startSealing(lab, [bid()]);
    const sheet = await prompt.locator('[data-page="1"]').boundingBox();
    const seal = await prompt.locator('.seal-thumbnail').first().boundingBox();
    if (sheet === null || seal === null) throw new Error('nothing to drag');
    await prompt.mouse.move(seal.x + seal.width / 2, seal.y + seal.height / 2);
    await prompt.mouse.down();
    await prompt.mouse.move(sheet.x + sheet.width / 2, sheet.y + 200, { steps: 8 });
    await prompt.mouse.up();
    await takeScreenshot(prompt, 'seal dragged');
    const sealed = await onlySealed(await finish(), 'sealed by drag');
    expect(await listedSignatures(sealed)).toMatchObject([{ coversWholeFile: true }]);
  });

  it('where the site proposes it, at a keyword', async () => {
    const { prompt, finish } = await startSealing(lab, [bid()], {
      places: `[{ kind: 'keyword', text: 'SEAL HERE' }]`,
    });
    await pickCompanySeal(prompt);
    await takeScreenshot(prompt, 'seal at keyword');
    await onlySealed(await finish(), 'sealed at keyword');
  });

  it('at a keyword of their own', async () => {
    const { prompt, finish } = await startSealing(lab, [bid()]);
    await pickCompanySeal(prompt);
    await prompt.getByRole('searchbox', { name: '按文字定位' }).fill('SEAL HERE');
    await prompt.getByRole('button', { name: '查找', exact: true }).click();
    await prompt.getByRole('button', { name: /在选中的 1 处盖章/ }).click();
    await onlySealed(await finish(), 'sealed at own keyword');
  });

  it('across the edge of the pages', async () => {
    const { prompt, finish } = await startSealing(lab, [bid(5)]);
    await pickCompanySeal(prompt);
    await prompt.getByRole('button', { name: '骑缝章' }).click();
    await takeScreenshot(prompt, 'seal across the edge');
    await onlySealed(await finish(), 'sealed across the edge');
  });

  it('by keyboard alone', async () => {
    const { prompt, finish } = await startSealing(lab, [bid()]);
    await prompt.getByRole('radio', { name: /公章/ }).focus();
    await prompt.keyboard.press('Space');
    await prompt.getByRole('button', { name: /放到第 1 页中间/ }).focus();
    await prompt.keyboard.press('Enter');
    const mark = prompt.locator('[data-place="0"]');
    await mark.focus();
    const before = await mark.getAttribute('aria-label');
    await prompt.keyboard.press('Shift+ArrowRight');
    expect(await mark.getAttribute('aria-label')).not.toBe(before);
    await onlySealed(await finish(), 'sealed by keyboard');
  });

  it('with a seal of GB/T 38540', async () => {
    const { prompt, finish } = await startSealing(lab, [bid()], {
      places: `[{ kind: 'keyword', text: 'SEAL HERE' }]`,
      format: 'ses',
    });
    await pickCompanySeal(prompt);
    await onlySealed(await finish(), 'sealed by GB/T 38540');
  });
});

it('seals a file twice, and the first seal stays valid', async () => {
  const first = await startSealing(lab, [bid()], { places: `[{ kind: 'point', page: 1, x: 150, y: 300 }]` });
  await pickCompanySeal(first.prompt);
  const once = await onlySealed(await first.finish(), 'sealed once');
  await closePages(lab);
  const second = await startSealing(lab, [{ name: 'bid.pdf', bytes: once }], {
    places: `[{ kind: 'point', page: 1, x: 400, y: 300 }]`,
  });
  await pickCompanySeal(second.prompt);
  const twice = await onlySealed(await second.finish(), 'sealed twice');
  expect(Buffer.from(twice).subarray(0, once.length).equals(Buffer.from(once))).toBe(true);
  expect(await listedSignatures(twice)).toMatchObject([
    { coversWholeFile: false },
    { coversWholeFile: true },
  ]);
});

it('seals five files by one scan', async () => {
  const files = [1, 2, 3, 4, 5].map((number) => ({
    name: `投标文件${number}.pdf`,
    bytes: samplePdf(`Bid ${number}`, number),
  }));
  const { prompt, finish } = await startSealing(lab, files, {
    places: `[{ kind: 'keyword', text: 'SEAL HERE' }]`,
  });
  await pickCompanySeal(prompt);
  await takeScreenshot(prompt, 'seal batch of five');
  const { files: sealed } = await finish();
  expect(sealed.map(({ name }) => name)).toEqual(files.map(({ name }) => name));
  for (const { bytes } of sealed) {
    expect(await qpdfComplaints(bytes)).toBe('');
    expect(await listedSignatures(bytes)).toHaveLength(1);
  }
});
