export interface DataBounds {
  /** UTF-16 units of all texts and keys together. */
  readonly characters: number;
  /** Texts, numbers, lists, … together, holes of lists included. */
  readonly values: number;
  /** Of lists and objects within one another. */
  readonly depth: number;
  /** Entries of objects that are `undefined` count as absent, as schemas take them; refused unless told. */
  readonly gaps?: true;
}

/** True for plain data (what JSON could hold) within `bounds`; stops at the first excess, whatever the rest holds. */
export function isBoundedData(value: unknown, { characters, values, depth, gaps }: DataBounds): boolean {
  let charactersLeft = characters;
  let valuesLeft = values;

  function fits(part: unknown, depthLeft: number): boolean {
    if (--valuesLeft < 0) return false;
    if (typeof part === 'string') return (charactersLeft -= part.length) >= 0;
    if (typeof part === 'number') return Number.isFinite(part);
    if (typeof part === 'boolean' || part === null) return true;
    if (typeof part !== 'object' || depthLeft === 0) return false;
    // A list with holes may be longer than anything that was sent.
    if (Array.isArray(part)) {
      return part.length <= valuesLeft && Array.from(part).every((item) => fits(item, depthLeft - 1));
    }
    if (Object.prototype.toString.call(part) !== '[object Object]') return false;
    return Object.entries(part).every(
      ([key, item]) =>
        (charactersLeft -= key.length) >= 0 &&
        ((gaps === true && item === undefined) || fits(item, depthLeft - 1)),
    );
  }

  return fits(value, depth);
}
