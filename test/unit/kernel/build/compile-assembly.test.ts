import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { compileAssembly } from '../../../../src/kernel/build/compile-assembly.ts';

/** A source file of this text, beside options. */
async function sourceFile(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ca-bridge-assembly-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'asconfig.json'), '{"options":{"runtime":"stub"}}');
  await writeFile(join(folder, 'source.ts'), text);
  return join(folder, 'source.ts');
}

test('a source file becomes a module that runs', async () => {
  const source = await sourceFile('export function twice(x: i32): i32 { return 2 * x; }');
  const module = new WebAssembly.Module(Uint8Array.from(await compileAssembly(source)));
  const { twice } = new WebAssembly.Instance(module).exports;
  expect(typeof twice === 'function' && twice(21)).toBe(42);
});

test('a mistake in the source is told with the name of its file', async () => {
  const source = await sourceFile('export function twice(x: i32): i32 { return y; }');
  await expect(compileAssembly(source)).rejects.toThrow(/Cannot find name 'y'[^]*source\.ts/);
});

test('a source file that is not there is no empty module', async () => {
  const source = await sourceFile('');
  await expect(compileAssembly(`${source}x`)).rejects.toThrow('does not compile');
});
