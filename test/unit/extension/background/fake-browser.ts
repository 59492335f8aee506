type Listener = (changes: Record<string, { newValue?: unknown }>, area: string) => void;

interface ContentScript {
  readonly id: string;
  readonly matches: readonly string[];
}

let listeners: Listener[] = [];
let registered: ContentScript[] = [];

/** What the browser has and does; a test changes it as it needs. */
export const world = {
  local: {} as Record<string, unknown>,
  managed: {} as unknown,
  /** Match patterns that the extension has permission for. */
  origins: [] as string[],
  /** Of the manifest's content script. */
  matches: [] as string[],
  /** Thrown by the next calls of these names. */
  failing: new Set<string>(),
  /** Calls in their order. */
  calls: [] as string[],
};

export function resetWorld(): void {
  listeners = [];
  registered = [];
  Object.assign(world, { local: {}, managed: {}, origins: [], matches: [], failing: new Set(), calls: [] });
}

/** Writes as another page of the extension does. */
export async function writeElsewhere(items: Record<string, unknown>): Promise<void> {
  await fakeBrowser.storage.local.set(items);
  world.calls.pop();
}

export const contentScripts = (): readonly ContentScript[] => registered;

export function tell(changes: Record<string, { newValue?: unknown }>, area: string): void {
  for (const listener of listeners) listener(changes, area);
}

async function call(name: string): Promise<void> {
  world.calls.push(name);
  await Promise.resolve();
  if (world.failing.has(name)) throw new Error(`${name} failed`);
}

/** The part of `webextension-polyfill` that settings and sites use. */
export const fakeBrowser = {
  storage: {
    local: {
      async get(key: string) {
        await call('get');
        return key in world.local ? { [key]: structuredClone(world.local[key]) } : {};
      },
      async set(items: Record<string, unknown>) {
        await call('set');
        world.local = { ...world.local, ...structuredClone(items) };
        const changes = Object.entries(items).map(([key, newValue]) => [key, { newValue }] as const);
        queueMicrotask(() => tell(Object.fromEntries(changes), 'local'));
      },
    },
    managed: {
      async get() {
        await call('managed');
        return world.managed;
      },
    },
    onChanged: { addListener: (listener: Listener) => void listeners.push(listener) },
  },
  permissions: {
    async getAll() {
      await call('getAll');
      return { origins: world.origins, permissions: [] };
    },
    async remove({ origins }: { origins: string[] }) {
      await call('remove');
      world.origins = world.origins.filter((origin) => !origins.includes(origin));
      return true;
    },
  },
  scripting: {
    async getRegisteredContentScripts() {
      await call('getRegistered');
      return registered;
    },
    async unregisterContentScripts() {
      await call('unregister');
      if (registered.length === 0) throw new Error('Nonexistent script ID');
      registered = [];
    },
    async registerContentScripts(scripts: ContentScript[]) {
      await call('register');
      if (registered.length > 0) throw new Error('Duplicate script ID');
      registered = scripts;
    },
  },
  runtime: {
    getManifest: () => ({ content_scripts: [{ js: ['content.js'], matches: world.matches }] }),
    getURL: (path: string) => `extension:/${path}`,
  },
};
