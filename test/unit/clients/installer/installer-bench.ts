import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { browserIds, type BrowserId, type Scope } from '../../../../src/clients/installer/browsers.ts';
import {
  findClientPrograms,
  type ClientPrograms,
} from '../../../../src/clients/installer/client-programs.ts';
import { createFileStore } from '../../../../src/clients/installer/file-store.ts';
import {
  browserEntry,
  findInstallation,
  type Installation,
} from '../../../../src/clients/installer/installation.ts';
import { registerBrowsers } from '../../../../src/clients/installer/register-browsers.ts';
import { readRegistrations } from '../../../../src/clients/installer/registration-status.ts';
import { createRegistryStore } from '../../../../src/clients/installer/registry-store.ts';
import type { Store, Stores } from '../../../../src/clients/installer/store.ts';
import { unregisterBrowsers } from '../../../../src/clients/installer/unregister-browsers.ts';
import type { ClientKind } from '../../../../src/protocol/native-messages.ts';
import { createTemporaryFolder } from '../../../support/temporary-folder.ts';
import { createMemoryRegistry } from './memory-registry.ts';

export interface InstallerBench {
  /** Stands for the whole file system. */
  readonly root: string;
  readonly home: string;
  readonly clientFolder: string;
  readonly installation: Installation;
  readonly stores: Stores;
  readonly registry: ReturnType<typeof createMemoryRegistry>;
  programs(): Promise<ClientPrograms>;
  register(browsers?: readonly BrowserId[], stores?: Stores): ReturnType<typeof registerBrowsers>;
  unregister(browsers?: readonly BrowserId[], stores?: Stores): ReturnType<typeof unregisterBrowsers>;
  status(browsers?: readonly BrowserId[]): ReturnType<typeof readRegistrations>;
  /** What the browser reads. */
  entry(browser: BrowserId, client: ClientKind): string;
  remove(): Promise<void>;
}

/** A scope in a folder of its own, real files; on `windows` with a registry in memory. */
export async function createInstallerBench(
  platform: Installation['platform'] = 'linux',
  scope: Scope = 'user',
): Promise<InstallerBench> {
  const folder = await createTemporaryFolder('ca-bridge-installer-');
  const root = folder.path;
  const home = join(root, 'home');
  const clientFolder = join(root, 'clients');
  await mkdir(home);
  await mkdir(clientFolder);
  for (const kind of ['signature', 'encryption']) {
    const program = join(clientFolder, platform === 'windows' ? `${kind}-client.exe` : `${kind}-client.cjs`);
    await writeFile(program, 'program');
    if (platform === 'windows') await chmod(program, 0o755);
  }
  const registry = createMemoryRegistry();
  const stores = { file: createFileStore(scope), key: createRegistryStore(registry) };
  const installation =
    platform === 'linux'
      ? findInstallation(scope, { platform: 'linux', env: { HOME: home }, systemRoot: root })
      : windowsInstallation(scope, join(home, 'CA Bridge'));
  const programs = () => findClientPrograms(clientFolder, platform, process.execPath);
  return {
    root,
    home,
    clientFolder,
    installation,
    stores,
    registry,
    programs,
    register: async (browsers = browserIds, through = stores) =>
      registerBrowsers(installation, through, await programs(), browsers),
    unregister: (browsers = browserIds, through = stores) =>
      unregisterBrowsers(installation, through, browsers),
    status: (browsers = browserIds) => readRegistrations(installation, stores, browsers),
    entry: (browser, client) => browserEntry(installation, browser, client),
    remove: folder.remove,
  };
}

/** Windows' registry keys over this system's paths. */
function windowsInstallation(scope: Scope, dataFolder: string): Installation {
  const env = { LOCALAPPDATA: 'C:\\Users\\u', ProgramFiles: 'C:\\Program Files' };
  return { ...findInstallation(scope, { platform: 'win32', env, systemRoot: '/' }), dataFolder };
}

/** A store whose writes of ids that contain `part` fail, as where there is no right to write. */
export function refusing(store: Store, part: string, verbs: readonly (keyof Store)[]): Store {
  const refuse = (verb: keyof Store, id: string) => {
    if (!verbs.includes(verb) || !id.includes(part)) return;
    throw Object.assign(new Error(`EACCES: permission denied, ${id}`), { code: 'EACCES', path: id });
  };
  return {
    ...store,
    async create(id, value) {
      refuse('create', id);
      await store.create(id, value);
    },
    async replace(id, value) {
      refuse('replace', id);
      await store.replace(id, value);
    },
    async remove(id, content) {
      refuse('remove', id);
      await store.remove(id, content);
    },
    async makeContainer(id) {
      refuse('makeContainer', id);
      return store.makeContainer(id);
    },
  };
}

/** Stores of a process that is killed before its change number `count + 1`: that and all later ones fail. */
export function dying({ file, key }: Stores, count: number): Stores {
  let left = count;
  const live = () => {
    if (left-- <= 0) throw new Error('killed');
  };
  const wrap = (store: Store): Store => ({
    ...store,
    async create(id, value) {
      live();
      await store.create(id, value);
    },
    async replace(id, value) {
      live();
      await store.replace(id, value);
    },
    async remove(id, content) {
      live();
      await store.remove(id, content);
    },
    async makeContainer(id) {
      live();
      return store.makeContainer(id);
    },
    async removeContainer(id) {
      live();
      return store.removeContainer(id);
    },
  });
  return { file: wrap(file), key: wrap(key) };
}
