import { isAbsolute } from 'node:path';
import { build, type Plugin } from 'vite';
import { assembly } from './assembly.ts';

const query = '?thread';

/**
 * `import { program } from './x.ts?thread'`: the file with all that it imports, as the text of one CommonJS script for
 * `new Worker(program, { eval: true })`. Each client is one file, so that its threads have none to start from.
 */
export function threadPrograms(): Plugin {
  return {
    name: 'thread-programs',
    async load(id) {
      if (!id.endsWith(query)) return null;
      const { code, moduleIds } = await bundle(id.slice(0, -query.length));
      // What is no file is the bundler's own.
      for (const module of moduleIds.filter(isAbsolute)) this.addWatchFile(module);
      return `export const program = ${JSON.stringify(code)};`;
    },
  };
}

async function bundle(entry: string): Promise<{ code: string; moduleIds: string[] }> {
  const result = await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    plugins: [assembly()],
    ssr: { noExternal: true },
    build: {
      ssr: entry,
      write: false,
      target: 'node20',
      minify: false,
      rolldownOptions: { output: { format: 'cjs', codeSplitting: false } },
    },
  });
  if (!('output' in result) || result.output.length !== 1) throw new Error(`${entry} is no single script`);
  return result.output[0];
}
