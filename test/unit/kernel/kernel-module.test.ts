import { describe, expect, it } from 'vitest';
import { kernelOf } from '../../../src/kernel/kernel-module.ts';
import { compileAssembly } from '../../../src/kernel/build/compile-assembly.ts';
import { projectPath } from '../../support/project-paths.ts';

const bytes = await compileAssembly(projectPath('src/kernel/assembly/kernel.ts'));
const module = new WebAssembly.Module(Uint8Array.from(bytes));

/** Numbers of the sections of a module (WebAssembly Core Specification, 5.5.2), in their order. */
function sectionsOf(wasm: Uint8Array): number[] {
  const sections: number[] = [];
  for (let position = 8; position < wasm.length;) {
    sections.push(wasm[position] ?? -1);
    position += 1;
    let size = 0;
    for (let shift = 0, more = true; more; shift += 7, position += 1) {
      const byte = wasm[position] ?? 0;
      size |= (byte & 0x7f) << shift;
      more = byte >= 0x80;
    }
    position += size;
  }
  return sections;
}

describe('the module', () => {
  it('imports nothing', () => {
    expect(WebAssembly.Module.imports(module)).toEqual([]);
  });

  it('has types, functions, a memory, globals, exports and code: no tables and no data of any kind', () => {
    expect(sectionsOf(bytes)).toEqual([1, 3, 5, 6, 7, 10]);
  });

  it('begins with a memory of nothing but zeros', () => {
    const { memory } = new WebAssembly.Instance(module).exports;
    const whole = memory instanceof WebAssembly.Memory ? new Uint8Array(memory.buffer) : Uint8Array.of(1);
    expect(whole.every((byte) => byte === 0)).toBe(true);
  });

  it('has no global that could hold anything: those that it exports cannot be set', () => {
    const globals = Object.values(new WebAssembly.Instance(module).exports).filter(
      (value) => value instanceof WebAssembly.Global,
    );
    expect(globals).toHaveLength(6);
    for (const global of globals) expect(() => (global.value = 1)).toThrow(TypeError);
  });

  it('is not taken where its instructions are unknown', () => {
    // The prefix of all SIMD instructions becomes one that stands for nothing.
    const unknown = bytes.map((byte) => (byte === 0xfd ? 0xff : byte));
    expect(kernelOf(unknown)).toBeUndefined();
  });
});
