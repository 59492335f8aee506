// @vitest-environment happy-dom
import { expect, test, vi } from 'vitest';
import { errorCatalogue } from '../../../../src/protocol/errors.ts';
import type { SessionView } from '../../../../src/protocol/ui-messages.ts';
import { createMockBackgroundClient } from '../../../../src/extension/ui/mock-background-client.ts';
import { SessionCard } from '../../../../src/extension/ui/session-card.tsx';
import { uiTexts } from '../../../../src/extension/ui/text/text-context.ts';
import {
  badFile,
  bidder,
  center,
  decryptView,
  goodFile,
  openedFile,
  plainFacts,
  stranger,
} from './bid-view.ts';
import { element, pageText, renderPage } from './page-harness.tsx';
import { wireError } from './session-view.ts';

vi.mock('webextension-polyfill', () => ({ default: {} }));

const text = uiTexts['zh-CN'].bid;
const failures = errorCatalogue;
const eight = [1, 2, 3, 4, 5, 6, 7, 8].map(openedFile);
const two = [badFile('BID_DAMAGED'), badFile('BID_CERTIFICATE_REPLACED', [bidder])];

const show = (session: SessionView, locale: 'zh-CN' | 'en' = 'zh-CN'): Promise<void> =>
  renderPage(
    <SessionCard session={session} client={createMockBackgroundClient()} onClose={() => undefined} />,
    locale,
  );
const marked = (kind: string): HTMLElement[] => [
  ...document.querySelectorAll<HTMLElement>(`[data-file=${kind}]`),
];
const headings = (): (string | null)[] =>
  [...document.querySelectorAll('.bid-group h2')].map(({ textContent }) => textContent);

test('a file that nobody opened is never counted as opened', async () => {
  await show(decryptView('succeeded', [openedFile(1), goodFile(), goodFile()]));
  expect(element('.status-title').textContent).toBe(text.decryption.results.open.some(1, 3).title);
  expect(headings()).toContain(text.files.untouched(2));
});

test('eight of ten: eight are delivered, two are named with cause and next step, those first', async () => {
  await show(decryptView('succeeded', [...eight.slice(0, 4), ...two, ...eight.slice(4)]));
  expect(element('.status-title').textContent).toBe('10 个文件中 8 个已解密，2 个未能解密');
  expect(element('.status').className).toContain('tone-warn');
  expect(element('.tally').textContent).toBe('8 已解密2 未能解密');
  expect(headings()).toEqual([text.files.headings.open.bad(2), text.files.headings.open.good(8)]);
  expect(marked('good')).toHaveLength(8);
  for (const [index, code] of (['BID_DAMAGED', 'BID_CERTIFICATE_REPLACED'] as const).entries()) {
    const { title, cause, remedy } = failures[code].text['zh-CN'];
    const words = marked('bad')[index]?.textContent;
    for (const part of [title, cause, remedy, code]) expect(words).toContain(part);
    expect(marked('bad')[index]?.dataset['code']).toBe(code);
  }
});

test('an opened file is shown by the name, size and digest of what came out', async () => {
  await show(decryptView('succeeded', [openedFile(2)]));
  const { name, sm3 } = plainFacts(2);
  for (const part of [name, '2,469,134', sm3.slice(0, 4)])
    expect(marked('good')[0]?.textContent).toContain(part);
});

test('an encrypted file under another name than its content’s is named too', async () => {
  const renamed = decryptView(
    'succeeded',
    [openedFile(1)],
    {},
    {
      documents: [{ name: '下载(1).cabid', size: 5, sm3: plainFacts().sm3 }],
    },
  );
  await show(renamed);
  expect(marked('good')[0]?.textContent).toContain(text.files.from('下载(1).cabid'));
});

test.each([
  ['open', 1, '文件已解密'],
  ['open', 3, '全部 3 个文件已解密'],
  ['rehearse', 1, '演练通过，文件可以解密'],
  ['rehearse', 3, '演练通过，全部 3 个文件可以解密'],
] as const)('all well of %s with %i files is said as such', async (purpose, count, title) => {
  await show(decryptView('succeeded', eight.slice(0, count), { purpose }));
  expect(element('.status-title').textContent).toBe(title);
  expect(element('.status').className).toContain('tone-ok');
});

test('where everything failed, the cause is said once and each file is named', async () => {
  const files = [badFile('BID_NOT_FOR_PHONE'), badFile('BID_NOT_FOR_PHONE'), badFile('BID_DAMAGED')];
  await show(decryptView('failed', files, { phone: stranger }, { error: wireError('BID_NOT_FOR_PHONE') }));
  const { title, cause } = failures.BID_NOT_FOR_PHONE.text['zh-CN'];
  expect(element('.status-title').textContent).toBe(title);
  expect(pageText().split(cause)).toHaveLength(2);
  expect(marked('bad')).toHaveLength(3);
  expect(marked('bad')[2]?.textContent).toContain(failures.BID_DAMAGED.text['zh-CN'].remedy);
});

test('a file of another certificate says which ones open it', async () => {
  await show(decryptView('succeeded', [badFile('BID_NOT_FOR_PHONE'), openedFile(2)], { phone: stranger }));
  const needed = element('[data-file=bad] .needed').textContent;
  for (const { name, serialNumber } of [bidder, center]) {
    expect(needed).toContain(name);
    expect(needed).toContain(serialNumber);
  }
});

test('before the scan, what cannot be opened is told, and that the rest goes on', async () => {
  await show(decryptView('awaitingScan', [goodFile(), badFile('BID_HEADER_DAMAGED', []), goodFile()]));
  const notice = element('.notice').textContent;
  for (const part of [
    text.files.unopenable(1),
    '投标文件-第2标段.pdf.cabid',
    failures.BID_HEADER_DAMAGED.text['zh-CN'].title,
    text.files.onlyOthers(2),
  ]) {
    expect(notice).toContain(part);
  }
  expect(document.querySelector('.qr-code')).not.toBeNull();
});

test('before the scan the encrypted files stand with size and digest', async () => {
  await show(decryptView('awaitingScan', [goodFile(), goodFile()]));
  expect(element('section.documents h2').textContent).toBe(text.documents.encrypted(2));
  expect(document.querySelectorAll('section.documents .digest')).toHaveLength(2);
});

test('beside the number stands what the phone opens and what it does not, each with its cause', async () => {
  await show(decryptView('signing', [goodFile(), ...two]));
  expect(element('.matching-tiles').textContent).toBe('47');
  expect(headings()).toEqual([text.files.toOpen(1), text.files.unopenable(2)]);
  expect(marked('bad')[0]?.textContent).toContain(failures.BID_DAMAGED.text['zh-CN'].cause);
});

test('while files are opened, each is ticked off as it comes, and nothing is rounded up to all', async () => {
  const progress = { done: 999, total: 1_000 };
  await show(decryptView('confirmed', [openedFile(1), goodFile(), goodFile()], {}, { progress }));
  expect(headings()).toEqual([text.files.headings.open.working(2), text.files.headings.open.good(1)]);
  expect(element('.reading').textContent).toBe(text.progress.opening('99%'));
});

test.each([
  [[openedFile(1), goodFile()], text.files.scanAgain.next(1)],
  [[goodFile(), goodFile()], text.files.scanAgain.next(0)],
])('a second scan is explained, and what is open stays', async (files, next) => {
  await show(decryptView('awaitingScan', files, { scanAgain: true }));
  expect(element('.status-title').textContent).toBe(text.decryption.scanAgain);
  expect(element('.notice').textContent).toBe(text.files.scanAgain.title + next);
});

test('once it is over, nobody is asked to scan again', async () => {
  await show(decryptView('succeeded', [openedFile(1)], { scanAgain: true }));
  expect(document.querySelector('.notice')).toBeNull();
});

test.each(['check', 'rehearse', 'open'] as const)('%s is named as the phone names it', async (purpose) => {
  await show(decryptView('awaitingScan', [goodFile()], { purpose }));
  expect(element('h1').textContent).toBe(text.purposes[purpose].name);
  expect(element('.status-title').textContent).toBe(text.decryption.awaitingScan[purpose]('').title);
});

test('in English no Chinese is left but names', async () => {
  await show(decryptView('succeeded', [...eight, ...two]), 'en');
  const words = pageText()
    .replaceAll(/投标文件-第\d+标段|中招互连/g, '')
    .replaceAll(bidder.name, '');
  expect(words).not.toMatch(/[\u3000-\u9fff\uff00-\uffef]/);
});
