import { vi } from 'vitest';
import type {
  createMirrorDesk,
  MirrorDeskParts,
} from '../../../../../src/extension/background/mirror/create-mirror-desk.ts';
import type { DetectorSource } from '../../../../../src/extension/background/mirror/mirror-desk.ts';
import type { DirectoryEntry } from '../../../../../src/protocol/directory.ts';
import type { DetectorOrders, ObservedPrompt } from '../../../../../src/protocol/observed-prompts.ts';
import type { PromptBehaviour } from '../../../../../src/protocol/settings.ts';
import { drawnQr } from './drawn-qr.ts';

export const site = 'https://ggzy.zhanjiang.gov.cn';
export const source: DetectorSource = { origin: site, topOrigin: site, tabId: 7, documentId: 'D1' };
export const platformQr = drawnQr('https://ebinterlink.com/s/1');

/** A prompt as the login page shows it. */
export const loginPrompt: ObservedPrompt = {
  id: 'p1',
  rule: 'mutual-login',
  kind: 'qr',
  scene: 'login',
  confidence: 0.9,
  words: '全国互认CA 扫码登录',
  expired: false,
  qr: platformQr,
};

const directory: readonly DirectoryEntry[] = [
  {
    id: 'zhongzhao-hulian',
    name: { 'zh-CN': '中招互连', en: 'Zhongzhao Hulian' },
    group: 'mutual',
    state: 'enabled',
    scenes: ['login'],
    qrHosts: ['ebinterlink.com'],
  },
];

/** What the browser's windows do; `mock`ed under `webextension-polyfill`. */
export function fakeBrowser() {
  const stored: Record<string, unknown> = {};
  const windows = new Map<number, string>();
  let ids = 100;
  const get = (id: number) => {
    const url = windows.get(id);
    if (url === undefined) throw new Error('no such window');
    return { id, tabs: [{ id: id + 1_000, url }] };
  };
  const browser = {
    runtime: { getURL: (path: string) => `chrome-extension://x/${path}` },
    windows: {
      create: vi.fn<(options: { url: string }) => Promise<{ id: number }>>(async ({ url }) => {
        ids += 1;
        windows.set(ids, url);
        return { id: ids };
      }),
      get: vi.fn<(id: number) => Promise<ReturnType<typeof get>>>(async (id) => get(id)),
      update: vi.fn<(id: number, changes: object) => Promise<object>>(async (id) => get(id)),
    },
    tabs: {
      update: vi.fn<(id: number, changes: { url?: string }) => Promise<object>>(async (id, { url }) => {
        if (url !== undefined) windows.set(id - 1_000, url);
        return { id, windowId: 1 };
      }),
    },
    storage: {
      session: {
        get: async (key: string) => (key in stored ? { [key]: structuredClone(stored[key]) } : {}),
        set: async (entries: object) => void Object.assign(stored, structuredClone(entries)),
      },
    },
  };
  return { browser, windows, stored };
}

export interface DeskBench {
  readonly parts: MirrorDeskParts;
  behaviour: PromptBehaviour | undefined;
  hasSession: boolean;
  now: number;
  changes: number;
  readonly orders: DetectorOrders[];
}

export function deskBench(): DeskBench {
  const bench: DeskBench = {
    behaviour: undefined,
    hasSession: false,
    now: 1_000_000,
    changes: 0,
    orders: [],
    parts: {
      behaviourFor: () => bench.behaviour,
      rules: () => 'v1',
      isPolicyRead: () => true,
      directory: () => directory,
      hasSession: () => bench.hasSession,
      onChange: () => void (bench.changes += 1),
      now: () => bench.now,
    },
  };
  return bench;
}

export type Desk = ReturnType<typeof createMirrorDesk>;

/** Lets the desk finish what it was told: it works through hashes, storage and windows that are all promises. */
export async function settle(desk: Desk): Promise<void> {
  await desk.show('00000000-0000-0000-0000-000000000000');
}
