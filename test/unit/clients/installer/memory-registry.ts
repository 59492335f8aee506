import type { Registry, RegistryView } from '../../../../src/clients/installer/registry.ts';

/** A registry as Windows has it: one of `HKCU`, two views of `HKLM`; values of a key by name, `''` the default. */
export function createMemoryRegistry() {
  const keys = new Map<string, Map<string, string | number>>();
  for (const root of ['HKCU', 'HKLM/32', 'HKLM/64']) keys.set(`${root}\\Software`, new Map());
  const full = (key: string, view: RegistryView) => key.replace(/^HKLM/, `HKLM/${view}`);
  const values = (key: string, view: RegistryView) => {
    const found = keys.get(full(key, view));
    if (found === undefined) throw new Error(`no such key: ${key}`);
    return found;
  };
  const make = (path: string) => {
    const parts = path.split('\\');
    for (let count = 2; count <= parts.length; count++) {
      const key = parts.slice(0, count).join('\\');
      if (!keys.has(key)) keys.set(key, new Map());
    }
  };
  const registry: Registry = {
    async readDefault(key, view) {
      const value = keys.get(full(key, view))?.get('');
      if (value === undefined) return 'absent';
      return typeof value === 'string' ? { text: value } : 'otherType';
    },
    async writeDefault(key, view, text) {
      make(full(key, view));
      values(key, view).set('', text);
    },
    async deleteDefault(key, view) {
      if (!values(key, view).delete('')) throw new Error(`no default value: ${key}`);
    },
    async keyState(key, view) {
      const path = full(key, view);
      const found = keys.get(path);
      if (found === undefined) return 'absent';
      const hasKeys = [...keys.keys()].some((each) => each.startsWith(`${path}\\`));
      return hasKeys || found.size > 0 ? 'used' : 'empty';
    },
    async createKey(key, view) {
      make(full(key, view));
    },
    async deleteKey(key, view) {
      const path = full(key, view);
      for (const each of keys.keys()) if (each === path || each.startsWith(`${path}\\`)) keys.delete(each);
    },
  };
  return {
    ...registry,
    /** Sets a value of any name, as another program would; a number stands for any other type than text. */
    put(key: string, view: RegistryView, name: string, value: string | number) {
      make(full(key, view));
      values(key, view).set(name, value);
    },
    /** Everything in it. */
    snapshot: (): Record<string, Record<string, string | number>> =>
      Object.fromEntries([...keys].toSorted().map(([key, entries]) => [key, Object.fromEntries(entries)])),
  };
}
