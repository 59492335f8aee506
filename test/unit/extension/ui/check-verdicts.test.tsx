// @vitest-environment happy-dom
import { expect, test, vi } from 'vitest';
import { errorCatalogue } from '../../../../src/protocol/errors.ts';
import type { BidFileView, BidView } from '../../../../src/protocol/bid-view.ts';
import { createMockBackgroundClient } from '../../../../src/extension/ui/mock-background-client.ts';
import { SessionCard } from '../../../../src/extension/ui/session-card.tsx';
import { uiTexts } from '../../../../src/extension/ui/text/text-context.ts';
import { badFile, bidder, center, decryptView, goodFile, reissued, stranger } from './bid-view.ts';
import { element, pageText, renderPage } from './page-harness.tsx';

vi.mock('webextension-polyfill', () => ({ default: {} }));

const text = uiTexts['zh-CN'].bid.check;
const { results, readyWithWarnings } = uiTexts['zh-CN'].bid.decryption;

async function show(files: readonly BidFileView[], bid: Partial<BidView> = {}): Promise<void> {
  const session = decryptView('succeeded', files, { purpose: 'check', phone: bidder, ...bid });
  await renderPage(
    <SessionCard session={session} client={createMockBackgroundClient()} onClose={() => undefined} />,
  );
}

const verdicts = (): (string | undefined)[] =>
  [...document.querySelectorAll<HTMLElement>('[data-check]')].map(({ dataset }) => dataset['check']);
const compared = (): string[] =>
  [...document.querySelectorAll('[data-check] .needed li')].map(
    (item) => item.querySelector('.compared')?.textContent ?? '',
  );

test.each(['BID_NOT_FOR_PHONE', 'BID_CERTIFICATE_REPLACED', 'BID_HEADER_DAMAGED'] as const)(
  'a single file that fails with %s is a plain no, with cause and next step',
  async (code) => {
    await show([badFile(code)], { phone: stranger });
    expect(element('.status').className).toContain('tone-bad');
    expect(element('.status-title').textContent).toBe(results.check.none(0, 1).title);
    const { title, cause, remedy } = errorCatalogue[code].text['zh-CN'];
    for (const part of [text.verdicts.refused, title, cause, remedy]) {
      expect(element('[data-check=refused]').textContent).toContain(part);
    }
  },
);

test('another phone: what the file needs and what the phone has are both shown, as different', async () => {
  await show([badFile('BID_NOT_FOR_PHONE')], { phone: stranger });
  const needed = element('.needed').textContent;
  expect(needed).toContain(bidder.serialNumber);
  expect(needed).toContain(center.serialNumber);
  expect(compared()).toEqual([text.other, text.other]);
  expect(pageText()).toContain(text.phone);
  expect(pageText()).toContain(stranger.serialNumber);
});

test('the phone’s own certificate is a plain yes, and only it is called the same', async () => {
  await show([goodFile()]);
  expect(element('.status').className).toContain('tone-ok');
  expect(element('.status-title').textContent).toBe(results.check.all(1, 1).title);
  expect(verdicts()).toEqual(['ready']);
  expect(compared()).toEqual([text.same, '']);
});

test('a renewal that kept the key is a yes, with a word on the serial number', async () => {
  await show([goodFile(['CERTIFICATE_RENEWED'])], { phone: reissued });
  expect(verdicts()).toEqual(['ready']);
  expect(element('.status').className).toContain('tone-ok');
  expect(compared()).toEqual([text.sameKey, '']);
  expect(element('[data-warning]').textContent).toContain(text.warnings.CERTIFICATE_RENEWED.title);
});

test('where it cannot be told which certificate was renewed, none is called the same key', async () => {
  const twice = [bidder, { ...bidder, serialNumber: '99', fingerprint: center.fingerprint }];
  await show([goodFile(['CERTIFICATE_RENEWED'], twice)], { phone: reissued });
  expect(compared()).toEqual(['', '']);
});

test.each(['CERTIFICATE_ENDS_BEFORE_OPENING', 'CERTIFICATE_EXPIRED', 'CERTIFICATE_REVOKED'] as const)(
  'with %s the answer is no plain yes, and says what to do',
  async (warning) => {
    await show([goodFile([warning])]);
    expect(verdicts()).toEqual(['warned']);
    expect(element('.status').className).toContain('tone-warn');
    expect(element('.status-title').textContent).toBe(readyWithWarnings.title);
    const { title, next } = text.warnings[warning];
    expect(element(`[data-warning=${warning}]`).textContent).toBe(title + next);
  },
);

test('of several files those that fail come first, and both are counted', async () => {
  await show([goodFile(), badFile('BID_CERTIFICATE_REPLACED'), goodFile(['CERTIFICATE_EXPIRED'])]);
  expect(verdicts()).toEqual(['refused', 'warned', 'ready']);
  expect(element('.status-title').textContent).toBe(results.check.some(2, 3).title);
  expect(element('.tally').textContent).toBe('2 能解密1 不能解密');
});

test('each verdict names its file', async () => {
  await show([goodFile(), badFile('BID_NOT_FOR_PHONE')]);
  expect(element('[data-check=refused]').textContent).toContain('投标文件-第2标段.pdf.cabid');
});

test('until the phone was compared nothing is called good', async () => {
  const session = decryptView('arranging', [goodFile()], { purpose: 'check' });
  await renderPage(
    <SessionCard session={session} client={createMockBackgroundClient()} onClose={() => undefined} />,
  );
  expect(document.querySelector('[data-check], [data-file=good]')).toBeNull();
});
