// @vitest-environment happy-dom
import { expect, test, vi } from 'vitest';
import { uiTexts } from '../../../../src/extension/ui/text/text-context.ts';
import { mirrorView } from '../ui/mirror-view.ts';
import { pageText, press } from '../ui/page-harness.tsx';
import { openMirror } from './mirror-harness.tsx';

const fake = vi.hoisted(() => ({
  tabs: { create: vi.fn<(tab: { url: string }) => Promise<void>>(async () => undefined) },
  runtime: {
    getURL: (path: string) => `extension:/${path}`,
    openOptionsPage: vi.fn<() => Promise<void>>(async () => undefined),
  },
}));
vi.mock('webextension-polyfill', () => ({ default: fake }));

const text = uiTexts['zh-CN'].mirror;

test.each(['keyWanted', 'driverMissing'] as const)(
  '%s is explained with the three causes, what is needed, and the ways to it',
  async (kind) => {
    await openMirror([mirrorView({ kind, scene: 'encrypt', words: '驱动检测失败' })]);
    for (const cause of ['notInstalled', 'notRunning', 'blocked'] as const)
      expect(pageText()).toContain(text.causes[cause].next);
    expect(pageText()).toContain(text.causes.client.encryption);
    expect(pageText()).toContain(text.causes.driverOf('中招互连'));
    await press(text.toDirectory);
    expect(fake.tabs.create).toHaveBeenLastCalledWith({
      url: 'extension:/src/extension/directory/directory.html',
    });
    await press(text.toOptions);
    expect(fake.runtime.openOptionsPage).toHaveBeenCalled();
    expect(document.querySelector('.qr-code')).toBeNull();
  },
);

test('a driver that nobody publishes is not said to be needed', async () => {
  await openMirror([mirrorView({ kind: 'driverMissing', scene: 'login', platform: 'yue-qi-qian' })]);
  expect(pageText()).not.toContain(text.causes.driverOf('粤企签'));
});

test('a page that wants IE is told not to need it', async () => {
  const { client } = await openMirror([mirrorView({ kind: 'browserUnsupported', scene: 'unknown' })]);
  expect(pageText()).toContain(text.kinds.browserUnsupported.state.next);
  expect(pageText()).not.toContain(text.causes.heading);
  expect(client.sent).not.toContainEqual({ command: 'checkClients' });
});
