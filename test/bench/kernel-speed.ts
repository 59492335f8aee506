import { createCipheriv, createHmac, randomBytes } from 'node:crypto';
import { compileAssembly } from '../../src/kernel/build/compile-assembly.ts';
import { createChunkCipher } from '../../src/kernel/chunk-cipher.ts';
import { kernelOf } from '../../src/kernel/kernel-module.ts';
import { projectPath } from '../support/project-paths.ts';
import type { Figure } from './figure.ts';
import { repeat } from './repeat.ts';

const rounds = 12;
const chunk = 262_144;
const chunks = 4;
const passes = 24;

/** The kernel in one thread, over what a thread takes at a time, beside node:crypto in the same process. */
export async function measureKernel(): Promise<Figure[]> {
  const kernel = kernelOf(await compileAssembly(projectPath('src/kernel/assembly/kernel.ts')));
  if (kernel === undefined) return [];
  const bytes = chunk * chunks;
  const cipher = createChunkCipher(kernel, bytes);
  const [key, macKey, nonce] = [randomBytes(16), randomBytes(32), randomBytes(8)];
  cipher.setKeys(key, macKey);
  const data = randomBytes(bytes);
  cipher.memory.set(data);
  const prefix = new Uint8Array(64);
  const items = Array.from({ length: chunks }, (_, index) => ({
    prefix,
    offset: index * chunk,
    length: chunk,
  }));
  const iv = Buffer.concat([nonce, Buffer.alloc(8)]);
  const pairs = await repeat(rounds, async () => ({
    ctr: speedOf(bytes, () => cipher.crypt(0, bytes, nonce, 0)),
    nodeCtr: speedOf(bytes, () => createCipheriv('sm4-ctr', key, iv).update(data)),
    mac: speedOf(bytes, () => cipher.macs(items)),
    nodeMac: speedOf(bytes, () => {
      for (const { offset, length } of items) {
        createHmac('sm3', macKey)
          .update(prefix)
          .update(data.subarray(offset, offset + length))
          .digest();
      }
    }),
  }));
  cipher.wipe();
  const figure = (
    metric: string,
    ours: 'ctr' | 'mac',
    theirs: 'nodeCtr' | 'nodeMac',
    name: string,
  ): Figure => ({
    metric,
    samples: pairs.map((pair) => pair[ours]),
    unit: 'MB/s',
    peers: { name, samples: pairs.map((pair) => pair[theirs]) },
  });
  return [
    figure('SM4-CTR, one thread (limit 1.8 times)', 'ctr', 'nodeCtr', 'node:crypto sm4-ctr'),
    figure('HMAC-SM3 of four chunks, one thread', 'mac', 'nodeMac', 'node:crypto hmac sm3'),
  ];
}

/** MB/s over some passes. */
function speedOf(bytes: number, pass: () => unknown): number {
  const begun = performance.now();
  for (let count = 0; count < passes; count += 1) pass();
  return (passes * bytes) / 1_000 / (performance.now() - begun);
}
