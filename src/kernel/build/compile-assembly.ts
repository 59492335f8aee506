import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Compiles AssemblyScript to WebAssembly. The options are those of `asconfig.json` beside the source.
 * @param entry path of the source file whose exports the module gets
 * @returns the module's bytes
 * @throws Error with the compiler's messages
 */
export async function compileAssembly(entry: string): Promise<Uint8Array> {
  // Loaded on demand: the compiler is large, and most targets need none of it.
  const { main } = await import('assemblyscript/asc');
  const folder = dirname(entry);
  const outputs = new Map<string, Uint8Array | string>();
  const { error, stderr } = await main(
    [basename(entry), '--baseDir', folder, '--config', 'asconfig.json', '--outFile', 'kernel.wasm'],
    {
      readFile: (name, baseDir) => readFile(join(baseDir, name), 'utf8').catch(() => null),
      writeFile: (name, contents) => void outputs.set(name, contents),
    },
  );
  const module = outputs.get('kernel.wasm');
  if (error !== null || !(module instanceof Uint8Array)) {
    throw new Error(`${entry} does not compile:\n${stderr.toString()}`, { cause: error });
  }
  return module;
}
