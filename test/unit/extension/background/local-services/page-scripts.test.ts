import { beforeEach, describe, expect, it, vi } from 'vitest';

interface Script {
  readonly id: string;
  readonly js: readonly string[];
  readonly matches: readonly string[];
  readonly world: string;
  readonly runAt: string;
  readonly allFrames: boolean;
}

let scripts: Script[] = [];
let calls: string[] = [];
vi.mock('webextension-polyfill', () => ({
  default: {
    scripting: {
      getRegisteredContentScripts: async ({ ids }: { ids: string[] }) =>
        scripts.filter(({ id }) => ids.includes(id)),
      async unregisterContentScripts({ ids }: { ids: string[] }) {
        calls.push('unregister');
        scripts = scripts.filter(({ id }) => !ids.includes(id));
      },
      async registerContentScripts(added: Script[]) {
        calls.push('register');
        scripts.push(...added);
      },
    },
  },
}));
const { registerPageScripts } =
  await import('../../../../../src/extension/background/local-services/page-scripts.ts');

const others: Script = {
  id: 'permitted-sites',
  js: ['content.js'],
  matches: ['https://a.example/*'],
  world: 'ISOLATED',
  runAt: 'document_start',
  allFrames: true,
};
beforeEach(() => {
  scripts = [others];
  calls = [];
});

describe('the two scripts of the bridge', () => {
  it('run before the page’s own, in every frame of the sites, one in each world', async () => {
    await registerPageScripts(['https://a.example', 'https://b.example']);
    const common = {
      matches: ['https://a.example/*', 'https://b.example/*'],
      runAt: 'document_start',
      allFrames: true,
    };
    expect(scripts).toEqual([
      others,
      {
        ...common,
        id: 'local-service-relay',
        js: ['page/local-service-relay.js'],
        world: 'ISOLATED',
      },
      { ...common, id: 'local-service-page', js: ['page/local-service-page.js'], world: 'MAIN' },
    ]);
  });

  it('stay as they are where an earlier worker put them', async () => {
    await registerPageScripts(['https://a.example', 'https://b.example']);
    await registerPageScripts(['https://b.example', 'https://a.example']);
    expect(calls).toEqual(['register']);
  });

  it('move to other sites', async () => {
    await registerPageScripts(['https://a.example']);
    await registerPageScripts(['https://b.example']);
    expect(scripts.slice(1).map(({ matches }) => matches)).toEqual([
      ['https://b.example/*'],
      ['https://b.example/*'],
    ]);
  });

  it('are made whole when one of them is missing', async () => {
    await registerPageScripts(['https://a.example']);
    scripts.pop();
    await registerPageScripts(['https://a.example']);
    expect(scripts.map(({ id }) => id)).toEqual([
      'permitted-sites',
      'local-service-relay',
      'local-service-page',
    ]);
  });

  it('go when there are no sites, and nothing else goes', async () => {
    await registerPageScripts(['https://a.example']);
    await registerPageScripts([]);
    expect(scripts).toEqual([others]);
    await registerPageScripts([]);
    expect(calls).toEqual(['register', 'unregister']);
  });
});
