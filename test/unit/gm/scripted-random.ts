import { vi } from 'vitest';

/**
 * Has the platform's generator give these values to whoever asks for as many bytes, in this order, and then real
 * random ones again. (Point arithmetic draws shorter ones of its own for blinding.)
 */
export function scriptRandom(...values: readonly Uint8Array[]): void {
  const original = globalThis.crypto.getRandomValues.bind(globalThis.crypto);
  const script = [...values];
  vi.spyOn(globalThis.crypto, 'getRandomValues').mockImplementation((array) => {
    const isAsked = array instanceof Uint8Array && array.length === script[0]?.length;
    const value = isAsked ? script.shift() : undefined;
    if (value === undefined || !(array instanceof Uint8Array)) return original(array);
    array.set(value);
    return array;
  });
}
