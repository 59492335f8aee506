import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';
import { compileAssembly } from './compile-assembly.ts';

const query = '?assembly';

/**
 * `import { base64 } from './x.ts?assembly'`: the AssemblyScript file compiled to a WebAssembly module, in base64. A file
 * is compiled once a build, however many programs import it.
 */
export function assembly(): Plugin {
  const compiled = new Map<string, Promise<string>>();
  return {
    name: 'assembly',
    watchChange: () => compiled.clear(),
    async load(id) {
      if (!id.endsWith(query)) return null;
      const path = id.slice(0, -query.length);
      const folder = dirname(path);
      for (const name of await readdir(folder)) this.addWatchFile(join(folder, name));
      const base64 = compiled.get(path) ?? compileToBase64(path);
      compiled.set(path, base64);
      return `export const base64 = '${await base64}';`;
    },
  };
}

async function compileToBase64(path: string): Promise<string> {
  return Buffer.from(await compileAssembly(path)).toString('base64');
}
