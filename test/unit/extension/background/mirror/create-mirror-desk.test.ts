import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';
import { createMirrorDesk } from '../../../../../src/extension/background/mirror/create-mirror-desk.ts';
import type { DetectorSource } from '../../../../../src/extension/background/mirror/mirror-desk.ts';
import { countLimits } from '../../../../../src/protocol/limits.ts';
import { pageLimits } from '../../../../../src/protocol/page-limits.ts';
import type { ObservedPrompt } from '../../../../../src/protocol/observed-prompts.ts';
import { deskBench, fakeBrowser, loginPrompt, settle, site, source, type Desk } from './desk-bench.ts';
import { drawnQr } from './drawn-qr.ts';

let fake: ReturnType<typeof fakeBrowser>;
vi.mock('webextension-polyfill', () => ({
  default: new Proxy({}, { get: (_target, name) => Reflect.get(fake.browser, name) }),
}));

let bench: ReturnType<typeof deskBench>;
let desk: Desk;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  fake = fakeBrowser();
  bench = deskBench();
  desk = createMirrorDesk(bench.parts);
});
afterEach(() => void vi.useRealTimers());

async function report(changes: Partial<ObservedPrompt> = {}, from: DetectorSource = source): Promise<void> {
  desk.take(from, { type: 'prompt', prompt: { ...loginPrompt, ...changes } });
  await settle(desk);
}

async function attach(from: DetectorSource = source): Promise<void> {
  desk.attach(from, (orders) => void bench.orders.push(orders));
  await settle(desk);
}

const only = () => {
  const [view, ...others] = desk.views();
  if (view === undefined || others.length > 0) throw new Error(`${desk.views().length} mirrors`);
  return view;
};
const openWindows = () => [...fake.windows.values()];

describe('what a detector reports', () => {
  it('is shown with what its QR says and with whose host that is', async () => {
    await attach();
    await report();
    expect(only()).toMatchObject({
      origin: site,
      topOrigin: site,
      tabId: 7,
      kind: 'qr',
      scene: 'login',
      platform: 'zhongzhao-hulian',
      words: loginPrompt.words,
      state: 'shown',
      qr: { content: 'https://ebinterlink.com/s/1', trust: 'platform', host: 'ebinterlink.com' },
      since: 1_000_000,
      asksBehaviour: true,
    });
  });

  it('counts for nothing before its document has come', async () => {
    await report();
    expect(desk.views()).toEqual([]);
  });

  it('follows the page to its next QR under the same id', async () => {
    await attach();
    await report();
    const before = only();
    await report({ qr: drawnQr('https://ebinterlink.com/s/2') });
    expect(only()).toMatchObject({ id: before.id, qr: { content: 'https://ebinterlink.com/s/2' } });
  });

  it('keeps what the QR was while the page covers it as expired', async () => {
    await attach();
    await report();
    await report({ expired: true, qr: { type: 'unreadable', why: 'notDrawn' } });
    expect(only()).toMatchObject({ state: 'expired', qr: { content: 'https://ebinterlink.com/s/1' } });
  });

  it('does not keep it when the page makes a new one', async () => {
    await attach();
    await report();
    await report({ qr: { type: 'unreadable', why: 'notDrawn' } });
    expect(only().qr).toEqual({ unreadable: 'notDrawn' });
  });

  test.each([
    ['a picture of another origin', { type: 'unreadable', why: 'foreign' } as const, 'foreign'],
    [
      'a square that is no QR',
      { type: 'pixels', width: 21, height: 21, grey: 'A'.repeat(588) } as const,
      'notDecoded',
    ],
  ])('says of %s that only the page shows it', async (_kind, qr, unreadable) => {
    await attach();
    await report({ qr });
    expect(only().qr).toEqual({ unreadable });
  });

  it('is of the host’s platform, whatever the words say', async () => {
    await attach();
    await report({ platform: 'yun-you-cai' });
    expect(only().platform).toBe('zhongzhao-hulian');
  });

  it('is gone for a while, then forgotten', async () => {
    await attach();
    await report();
    desk.take(source, { type: 'gone', id: 'p1' });
    await settle(desk);
    expect(only().state).toBe('gone');
    vi.advanceTimersByTime(pageLimits.promptGone);
    expect(desk.views()).toEqual([]);
  });

  it('comes back from gone as the same one', async () => {
    await attach();
    await report();
    const { id } = only();
    desk.take(source, { type: 'gone', id: 'p1' });
    await report();
    vi.advanceTimersByTime(pageLimits.promptGone);
    expect(only()).toMatchObject({ id, state: 'shown' });
  });

  it('is gone with its document', async () => {
    await attach();
    await report();
    desk.detach(source);
    await settle(desk);
    expect(only().state).toBe('gone');
  });

  it('stays while its document’s new port came before the end of the old one', async () => {
    await attach();
    await report();
    await attach();
    desk.detach(source);
    await settle(desk);
    expect(only().state).toBe('shown');
  });

  it('of another document does not end it', async () => {
    await attach();
    await report();
    const other = { ...source, documentId: 'D2' };
    await attach(other);
    desk.take(other, { type: 'gone', id: 'p1' });
    await settle(desk);
    expect(only().state).toBe('shown');
  });
});

describe('a page that reports without end', () => {
  it('has so many prompts a document and no more', async () => {
    await attach();
    for (let index = 0; index < 20; index += 1) await report({ id: `p${index}`, qr: loginPrompt.qr });
    expect(desk.views()).toHaveLength(pageLimits.promptsPerDocument);
  });

  it('leaves so many prompts of all documents and no more', async () => {
    for (let index = 0; index < 50; index += 1) {
      const from = { ...source, documentId: `D${index}` };
      await attach(from);
      await report({}, from);
    }
    expect(desk.views()).toHaveLength(countLimits.prompts);
  });

  it('has four QRs a second decoded, and the last one when its turn comes', async () => {
    await attach();
    for (let index = 0; index < 10; index += 1)
      await report({ qr: drawnQr(`https://ebinterlink.com/${index}`) });
    expect(only().qr).toEqual({ unreadable: 'notDrawn' });
    bench.now += 1_000;
    vi.advanceTimersByTime(1_000);
    await settle(desk);
    expect(only().qr).toMatchObject({ content: 'https://ebinterlink.com/9' });
  });

  it('has the same pixels decoded once', async () => {
    await attach();
    for (let index = 0; index < 10; index += 1) await report({ words: `第${index}次` });
    expect(only().qr).toMatchObject({ content: 'https://ebinterlink.com/s/1' });
  });
});

describe('a site on which the user wants no detection', () => {
  beforeEach(() => void (bench.behaviour = 'off'));

  it('is told so, and nothing of it is shown', async () => {
    await attach();
    await report();
    expect(bench.orders).toEqual([{ type: 'orders', active: false, rules: 'v1' }]);
    expect(desk.views()).toEqual([]);
  });

  it('loses what is shown when the user turns it off', async () => {
    bench.behaviour = 'badge';
    await attach();
    await report();
    bench.behaviour = 'off';
    desk.refresh();
    await settle(desk);
    expect(bench.orders.at(-1)).toMatchObject({ active: false });
    expect(only().state).toBe('gone');
  });
});

it('tells the version of the rules, once they are known and whenever they change', async () => {
  let rules: string | undefined;
  desk = createMirrorDesk({ ...bench.parts, rules: () => rules });
  await attach();
  expect(bench.orders).toEqual([]);
  rules = 'v1';
  desk.refresh();
  await settle(desk);
  expect(bench.orders).toEqual([{ type: 'orders', active: true, rules: 'v1' }]);
});

it('a port that has ended meanwhile does no harm', async () => {
  desk.attach(source, () => {
    throw new Error('disconnected');
  });
  await report();
  expect(only().state).toBe('shown');
});

describe('the window', () => {
  it('does not open while the user has not chosen', async () => {
    await attach();
    await report();
    expect(openWindows()).toEqual([]);
  });

  it('does not open where the user wants the badge alone', async () => {
    bench.behaviour = 'badge';
    await attach();
    await report();
    expect(openWindows()).toEqual([]);
    expect(only().asksBehaviour).toBe(false);
  });

  it('opens for what was found already once the user chooses so', async () => {
    await attach();
    await report();
    bench.behaviour = 'open';
    desk.refresh();
    await settle(desk);
    expect(openWindows()).toEqual([expect.stringContaining(`prompt.html?mirror=${only().id}`)]);
  });

  it('opens when the user asks, whatever was chosen', async () => {
    bench.behaviour = 'badge';
    await attach();
    await report();
    await desk.show(only().id);
    expect(openWindows()).toHaveLength(1);
    expect(only().windowId).toBeDefined();
  });

  it('comes to the front when the user asks again', async () => {
    await attach();
    await report();
    await desk.show(only().id);
    await desk.show(only().id);
    expect(openWindows()).toHaveLength(1);
    expect(fake.browser.windows.update).toHaveBeenCalledWith(only().windowId, { focused: true });
  });

  it('that the browser does not open is an error with a code, and the next one opens', async () => {
    await attach();
    await report();
    fake.browser.windows.create.mockRejectedValueOnce(new Error('no windows here'));
    await expect(desk.show(only().id)).rejects.toMatchObject({ code: 'WINDOW_UNAVAILABLE' });
    await desk.show(only().id);
    expect(openWindows()).toHaveLength(1);
  });

  it('of the tab that shows the prompt comes to the front', async () => {
    await attach();
    await report();
    fake.windows.set(1, 'the page');
    await desk.showTab(only().id);
    expect(fake.browser.tabs.update).toHaveBeenCalledWith(7, { active: true });
    expect(fake.browser.windows.update).toHaveBeenCalledWith(1, { focused: true });
  });
});

describe('on a site whose prompts open by themselves', () => {
  beforeEach(() => void (bench.behaviour = 'open'));
  const close = async () => {
    for (const id of fake.windows.keys()) {
      fake.windows.delete(id);
      desk.windowClosed(id);
    }
    await settle(desk);
  };

  it('the window opens once, and not for the next QR of the same prompt', async () => {
    await attach();
    await report();
    await report({ qr: drawnQr('https://ebinterlink.com/s/2') });
    expect(fake.browser.windows.create).toHaveBeenCalledTimes(1);
    expect(only().windowId).toBe([...fake.windows.keys()][0]);
  });

  it('a window that the user closed stays closed when the QR is renewed', async () => {
    await attach();
    await report();
    await close();
    await report({ qr: drawnQr('https://ebinterlink.com/s/2') });
    desk.refresh();
    await settle(desk);
    expect(openWindows()).toEqual([]);
    expect(only().windowId).toBeUndefined();
  });

  it('a window that the user closed stays closed when the worker starts anew', async () => {
    await attach();
    await report();
    await close();
    desk = createMirrorDesk(bench.parts);
    await attach();
    await report();
    expect(openWindows()).toEqual([]);
  });

  it('an open window goes on when the worker starts anew', async () => {
    await attach();
    await report();
    const { id, windowId } = only();
    desk = createMirrorDesk(bench.parts);
    await attach();
    await report();
    expect(only()).toMatchObject({ id, windowId });
    expect(fake.browser.windows.create).toHaveBeenCalledTimes(1);
  });

  it('the next prompt of the tab takes the window over', async () => {
    await attach();
    await report();
    desk.take(source, { type: 'gone', id: 'p1' });
    await report({ id: 'p2', scene: 'decrypt' });
    expect(fake.browser.windows.create).toHaveBeenCalledTimes(1);
    const next = desk.views().find(({ scene }) => scene === 'decrypt');
    expect(openWindows()).toEqual([expect.stringContaining(`mirror=${next?.id}`)]);
    expect(desk.views().map(({ windowId }) => windowId !== undefined)).toEqual([false, true]);
  });

  it('a less certain prompt leaves the window to the one that is still there', async () => {
    await attach();
    await report();
    await report({ id: 'p2', confidence: 0.5 });
    expect(openWindows()).toEqual([expect.stringContaining(`mirror=${desk.views()[0]?.id}`)]);
  });

  it('prompts of two tabs have windows of their own', async () => {
    await attach();
    await report();
    const other = { ...source, tabId: 8, documentId: 'D2' };
    await attach(other);
    await report({}, other);
    expect(openWindows()).toHaveLength(2);
  });

  it('a new prompt after a closed window opens one again', async () => {
    await attach();
    await report();
    await close();
    desk.take(source, { type: 'gone', id: 'p1' });
    await report({ id: 'p2' });
    expect(openWindows()).toHaveLength(1);
  });

  it('prompts that come and go open three windows in half a minute', async () => {
    await attach();
    const appearances = async (first: number) => {
      for (let index = first; index < first + 6; index += 1) {
        await report({ id: `p${index}` });
        await close();
        desk.take(source, { type: 'gone', id: `p${index}` });
      }
    };
    await appearances(0);
    expect(fake.browser.windows.create).toHaveBeenCalledTimes(3);
    bench.now += 30_000;
    await appearances(10);
    expect(fake.browser.windows.create).toHaveBeenCalledTimes(6);
  });

  it('a window that the browser does not open holds up nothing', async () => {
    fake.browser.windows.create.mockRejectedValueOnce(new Error('no windows here'));
    await attach();
    await report();
    await report({ id: 'p2' });
    expect(openWindows()).toHaveLength(1);
  });

  it('nothing opens over a request of the same tab', async () => {
    bench.hasSession = true;
    await attach();
    await report();
    expect(openWindows()).toEqual([]);
  });

  test.each([
    ['a QR of a stranger', { qr: drawnQr('https://evil.cn/') }],
    ['a QR that hides a stranger', { qr: drawnQr('https://ebinterlink.com@evil.cn/') }],
    ['a QR that only the page can show', { qr: { type: 'unreadable', why: 'foreign' } }],
    ['a QR that is not drawn yet', { qr: { type: 'unreadable', why: 'notDrawn' } }],
    ['a QR that has expired', { expired: true }],
    ['a page that wants another browser', { kind: 'browserUnsupported', scene: 'unknown' }],
  ] satisfies [string, Partial<ObservedPrompt>][])('nothing opens for %s', async (_kind, changes) => {
    await attach();
    await report(changes);
    expect(openWindows()).toEqual([]);
    expect(desk.views()).toHaveLength(1);
  });

  test.each(['keyWanted', 'driverMissing'] as const)('%s opens too', async (kind) => {
    const { qr: _, ...words } = loginPrompt;
    await attach();
    desk.take(source, { type: 'prompt', prompt: { ...words, kind } });
    await settle(desk);
    expect(openWindows()).toHaveLength(1);
    expect(only().qr).toBeUndefined();
  });
});

it('opens no window before policy is read, which may want none', async () => {
  let isPolicyRead = false;
  bench.behaviour = 'open';
  desk = createMirrorDesk({ ...bench.parts, isPolicyRead: () => isPolicyRead });
  await attach();
  await report();
  expect(openWindows()).toEqual([]);
  isPolicyRead = true;
  desk.refresh();
  await settle(desk);
  expect(openWindows()).toHaveLength(1);
});
