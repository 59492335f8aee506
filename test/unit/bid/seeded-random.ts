/** Whole numbers from 0 to `limit`, the same ones for the same seed (mulberry32, two draws a number). */
export function seededIntegers(seed: number): (limit: number) => number {
  let state = seed;
  const draw = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  return (limit) => {
    const fraction = (draw() * 2 ** 20 + (draw() >>> 12)) / 2 ** 52;
    return Math.floor(fraction * (limit + 1));
  };
}
