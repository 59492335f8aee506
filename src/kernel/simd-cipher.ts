import { expandSm4Key } from '../gm/sm4-cipher.ts';
import {
  checkCounter,
  checkKeyed,
  checkKeys,
  checkMacItem,
  checkRange,
  type ChunkCipher,
  type MacItem,
} from './cipher-contract.ts';
import type { KernelModule } from './kernel-module.ts';

/** What `assembly/kernel.ts` exports; addresses and lengths in bytes. */
interface KernelExports {
  readonly memory: WebAssembly.Memory;
  readonly region: WebAssembly.Global<number>;
  readonly roundKeys: WebAssembly.Global<number>;
  readonly macKey: WebAssembly.Global<number>;
  readonly nonce: WebAssembly.Global<number>;
  readonly prefixes: WebAssembly.Global<number>;
  readonly macs: WebAssembly.Global<number>;
  takeRoundKeys(): void;
  takeMacKey(): void;
  crypt(start: number, length: number, firstBlock: bigint): void;
  authenticate(message0: number, message1: number, message2: number, message3: number, length: number): void;
}

const pageBytes = 65_536;
const prefixBytes = 64;
const macBytes = 32;

/** The kernel in WebAssembly. Keys lie in its memory only, in front of the region. */
export class SimdCipher implements ChunkCipher {
  readonly memory: Uint8Array;
  readonly #kernel: KernelExports;
  /** The kernel's own page and the region. */
  readonly #whole: Uint8Array;
  #isKeyed = false;

  constructor(module: KernelModule, regionBytes: number) {
    const instance = new WebAssembly.Instance(module);
    // The module is built together with this file.
    this.#kernel = instance.exports as KernelExports;
    this.#kernel.memory.grow(Math.ceil(regionBytes / pageBytes));
    this.#whole = new Uint8Array(this.#kernel.memory.buffer);
    this.memory = this.#whole.subarray(this.#region, this.#region + regionBytes);
  }

  get #region(): number {
    return this.#kernel.region.value;
  }

  setKeys(encryptionKey: Uint8Array, macKey: Uint8Array): void {
    checkKeys(encryptionKey, macKey);
    const roundKeys = expandSm4Key(encryptionKey);
    const view = new DataView(this.#whole.buffer, this.#kernel.roundKeys.value);
    for (const [index, roundKey] of roundKeys.entries()) view.setInt32(4 * index, roundKey, true);
    roundKeys.fill(0);
    this.#kernel.takeRoundKeys();
    this.#whole.set(macKey, this.#kernel.macKey.value);
    this.#kernel.takeMacKey();
    this.#isKeyed = true;
  }

  crypt(offset: number, length: number, nonce: Uint8Array, firstBlock: bigint | number): void {
    checkKeyed(this.#isKeyed);
    checkRange(this.memory.length, offset, length);
    const block = checkCounter(nonce, firstBlock, length);
    this.#whole.set(nonce, this.#kernel.nonce.value);
    this.#kernel.crypt(this.#region + offset, length, block);
  }

  macs(items: readonly MacItem[]): Uint8Array[] {
    checkKeyed(this.#isKeyed);
    for (const item of items) checkMacItem(this.memory.length, item);
    const values = items.map(() => new Uint8Array(macBytes));
    for (const { length, indexes } of inLanes(items)) {
      this.#authenticate(
        indexes.map((index) => items[index] as MacItem),
        length,
      );
      for (const [lane, index] of indexes.entries()) {
        const start = this.#kernel.macs.value + macBytes * lane;
        values[index]?.set(this.#whole.subarray(start, start + macBytes));
      }
    }
    return values;
  }

  wipe(): void {
    this.#whole.fill(0);
    this.#isKeyed = false;
  }

  /** One to four items of the same length; the values stand in the kernel's page afterwards, in their order. */
  #authenticate(items: readonly MacItem[], length: number): void {
    for (const [lane, { prefix }] of items.entries()) {
      this.#whole.set(prefix, this.#kernel.prefixes.value + prefixBytes * lane);
    }
    // A lane without an item works on the first one's data, and nobody asks what it found.
    const [message0 = 0, message1 = message0, message2 = message0, message3 = message0] = items.map(
      ({ offset }) => this.#region + offset,
    );
    this.#kernel.authenticate(message0, message1, message2, message3, length);
  }
}

/** Items of the same length, by their indexes, in groups of one to four. */
function inLanes(items: readonly MacItem[]): { length: number; indexes: number[] }[] {
  const groups: { length: number; indexes: number[] }[] = [];
  for (const [index, { length }] of items.entries()) {
    const open = groups.find((group) => group.length === length && group.indexes.length < 4);
    if (open === undefined) groups.push({ length, indexes: [index] });
    else open.indexes.push(index);
  }
  return groups;
}
