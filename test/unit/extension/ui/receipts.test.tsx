// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from 'vitest';
import type { Receipt } from '../../../../src/protocol/bids.ts';
import { receiptText } from '../../../../src/extension/ui/bid/receipt-text.ts';
import { createMockBackgroundClient } from '../../../../src/extension/ui/mock-background-client.ts';
import { SessionCard } from '../../../../src/extension/ui/session-card.tsx';
import { uiTexts } from '../../../../src/extension/ui/text/text-context.ts';
import { bidder, center, encryptView, receipt } from './bid-view.ts';
import { element, findButton, press, renderPage, settle } from './page-harness.tsx';

vi.mock('webextension-polyfill', () => ({ default: {} }));

const zh = uiTexts['zh-CN'];
const words = zh.bid.receipt;

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const show = (receipts: readonly Receipt[]): Promise<void> =>
  renderPage(
    <SessionCard
      session={encryptView('succeeded', { receipts })}
      client={createMockBackgroundClient()}
      onClose={() => undefined}
    />,
  );

const textOf = (receipts: readonly Receipt[], locale: 'zh-CN' | 'en' = 'zh-CN'): string =>
  receiptText(receipts, {
    product: uiTexts[locale].product,
    bid: uiTexts[locale].bid,
    moment: (milliseconds) => new Date(milliseconds).toISOString(),
    validity: (from, to) => `${from}/${to}`,
    size: String,
  });

test('markup in a certificate stays text', async () => {
  await show([receipt(1, { recipients: [{ ...bidder, name: '<b>甲</b>' }] })]);
  expect(document.querySelector('.receipt b')).toBeNull();
});

test('a name with line breaks in it cannot forge a line of the text', () => {
  const forged = receipt(1, { recipients: [{ ...bidder, name: `甲\r\n${words.id}：1\u2028\u202E` }] });
  const lines = textOf([forged]).split('\r\n');
  expect(lines.filter((line) => line.startsWith(words.id))).toHaveLength(1);
  expect(lines).toContain(words.line(zh.bid.recipient.holder, `甲__${words.id}：1__`));
});

test('the receipt shows files, digests, certificates, time and site', async () => {
  await show([receipt()]);
  const shown = element<HTMLDetailsElement>('.receipt');
  expect(shown.open).toBe(true);
  const { plain, cipher, site, id } = receipt();
  const grouped = (hex: string): string => hex.match(/.{4}/g)?.join(' ') ?? '';
  const digests = [plain.sm3, cipher.sm3, bidder.fingerprint, center.fingerprint].map(grouped);
  const serials = [bidder.serialNumber, center.serialNumber];
  for (const part of [plain.name, cipher.name, site, id, '1,234,567', ...serials, ...digests]) {
    expect(shown.textContent).toContain(part);
  }
  expect(element('.receipt time').getAttribute('datetime')).toBe('2026-08-18T06:20:00.000Z');
});

test('several receipts are folded, one for each file', async () => {
  await show([receipt(1), receipt(2)]);
  const shown = [...document.querySelectorAll<HTMLDetailsElement>('.receipt')];
  expect(shown.map(({ open }) => open)).toEqual([false, false]);
  expect(shown.map((details) => details.dataset['receipt'])).toEqual([receipt(1).id, receipt(2).id]);
});

test('the receipts name the files, so no second list does', async () => {
  await show([receipt()]);
  expect(document.querySelector('.documents')).toBeNull();
});

test.each(['zh-CN', 'en'] as const)('%s: the text has every fact whole, one a line', (locale) => {
  const lines = textOf([receipt()], locale).split('\r\n');
  const { receipt: labels, recipient } = uiTexts[locale].bid;
  const { plain, cipher, id, site } = receipt();
  for (const [label, value] of [
    [labels.id, id],
    [labels.site, site],
    [labels.encryptedAt, '2026-08-18T06:20:00.000Z'],
    [labels.plain, `${plain.name}, ${plain.size}`],
    [labels.plainDigest, plain.sm3],
    [labels.cipher, `${cipher.name}, ${cipher.size}`],
    [labels.cipherDigest, cipher.sm3],
    [recipient.serialNumber, bidder.serialNumber],
    [recipient.fingerprint, bidder.fingerprint],
    [recipient.serialNumber, center.serialNumber],
    [recipient.fingerprint, center.fingerprint],
  ] as const) {
    expect(lines).toContain(labels.line(label, value));
  }
});

test('what the receipt does not know has no line', () => {
  const { openingTime: _, ...bare } = receipt();
  expect(textOf([bare])).not.toContain(zh.bid.openingTime.label);
});

test('copying gives the whole text, and says so', async () => {
  const writeText = vi.fn<(text: string) => Promise<void>>(async () => undefined);
  vi.stubGlobal('navigator', { clipboard: { writeText } });
  await show([receipt(1), receipt(2)]);
  await press(words.copy);
  const [[copied] = ['']] = writeText.mock.calls;
  for (const { id, cipher } of [receipt(1), receipt(2)]) {
    expect(copied).toContain(id);
    expect(copied).toContain(cipher.sm3);
  }
  expect(element('.bid .actions [role=status]').textContent).toBe(words.copied);
});

test('a clipboard that refuses is not called copied', async () => {
  const writeText = () => Promise.reject(new Error('not allowed'));
  vi.stubGlobal('navigator', { clipboard: { writeText } });
  await show([receipt()]);
  await press(words.copy);
  await settle();
  expect(findButton(words.copied)).toBeUndefined();
});

test.each([
  [[receipt()], words.fileName(receipt().plain.name)],
  [[receipt(1), receipt(2)], words.fileNameOfMany(2)],
])('saving gives a text file that older editors read as UTF-8', async (receipts, name) => {
  vi.useFakeTimers();
  const saved: Blob[] = [];
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => `blob:${saved.push(blob as Blob)}`);
  vi.spyOn(URL, 'revokeObjectURL').mockReturnValue();
  const clicked = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    expect(this.download).toBe(name);
  });
  await show(receipts);
  await press(words.save);
  expect(clicked).toHaveBeenCalledOnce();
  const bytes = new Uint8Array((await saved[0]?.arrayBuffer()) ?? new ArrayBuffer(0));
  expect(bytes.slice(0, 3)).toEqual(new Uint8Array([0xef, 0xbb, 0xbf]));
  expect(new TextDecoder().decode(bytes)).toContain(receipt().id);
});
