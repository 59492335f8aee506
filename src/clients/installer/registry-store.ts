import { registryViews, type Registry, type RegistryView } from './registry.ts';
import type { Store } from './store.ts';

/** Browsers look into the 32-bit view first (Chromium's native_process_launcher_win.cc): what is here is seen. */
const ourView: RegistryView = registryViews[0];

/** Default values of registry keys, as a store: a value's content is its text in UTF-8. */
export function createRegistryStore(registry: Registry): Store {
  const write = (key: string, content: Buffer) =>
    registry.writeDefault(key, ourView, content.toString('utf8'));
  const read: Store['read'] = async (key) => {
    for (const view of registryViews) {
      const found = await registry.readDefault(key, view);
      if (found === 'otherType') return 'obstacle';
      if (found !== 'absent') return { content: Buffer.from(found.text), executable: false };
    }
    return 'absent';
  };
  return {
    read,
    async create(key, { content }) {
      if ((await read(key)) !== 'absent') {
        throw Object.assign(new Error(`EEXIST: key has a value, ${key}`), { code: 'EEXIST', path: key });
      }
      await write(key, content);
    },
    replace: (key, { content }) => write(key, content),
    async remove(key, content) {
      for (const view of registryViews) {
        const found = await registry.readDefault(key, view);
        if (typeof found === 'string' || !Buffer.from(found.text).equals(content)) continue;
        await registry.deleteDefault(key, view);
      }
    },
    async missingContainers(key) {
      const missing: string[] = [];
      for (
        let parent = key;
        parent.includes('\\') && (await registry.keyState(parent, ourView)) === 'absent';
      ) {
        missing.unshift(parent);
        parent = parent.slice(0, parent.lastIndexOf('\\'));
      }
      return missing;
    },
    async makeContainer(key) {
      if ((await registry.keyState(key, ourView)) !== 'absent') return false;
      await registry.createKey(key, ourView);
      return true;
    },
    async removeContainer(key) {
      const state = await registry.keyState(key, ourView);
      if (state === 'empty') await registry.deleteKey(key, ourView);
      return state !== 'used';
    },
  };
}
