import type { Point } from './seal-geometry.ts';

/** A run of text of a page, in reading order as the document gives it. */
export interface TextRun {
  readonly text: string;
  /** Where its baseline begins, and the way to where it ends, in points of the page as displayed. */
  readonly start: Point;
  readonly advance: Point;
  /** From the baseline to the top of the letters. */
  readonly rise: Point;
}

/** An occurrence of a keyword on a page. */
export interface KeywordHit {
  /** Middle of the text. */
  readonly middle: Point;
  /** Text around it, to tell one occurrence from another. */
  readonly before: string;
  readonly match: string;
  readonly after: string;
}

const contextLength = 12;

interface Letter {
  readonly folded: string;
  readonly original: string;
  readonly run: TextRun;
  /** Where in its run it begins and ends, from 0 to 1. */
  readonly from: number;
  readonly to: number;
}

/**
 * Each occurrence of `keyword` in a page's text, in order, without overlaps. Letter case, full and half width, and
 * white space (also line breaks: Chinese is set with spaces between letters) make no difference.
 */
export function findKeyword(keyword: string, runs: readonly TextRun[]): readonly KeywordHit[] {
  const wanted = [...keyword].map(fold).join('');
  if (wanted === '') return [];
  const letters = runs.flatMap(lettersOf).filter(({ folded }) => folded !== '');
  const starts = letters.reduce<number[]>(
    (offsets, { folded }) => {
      offsets.push((offsets.at(-1) ?? 0) + folded.length);
      return offsets;
    },
    [0],
  );
  const text = letters.map(({ folded }) => folded).join('');
  const letterAt = new Map(starts.map((offset, index) => [offset, index]));
  const hits: KeywordHit[] = [];
  for (let at = text.indexOf(wanted); at !== -1; at = text.indexOf(wanted, at + wanted.length)) {
    const [first, end] = [letterAt.get(at), letterAt.get(at + wanted.length)];
    if (first !== undefined && end !== undefined) hits.push(hitOf(letters, first, end));
  }
  return hits;
}

/** NFKC in lower case, without white space and what shows nothing. */
function fold(character: string): string {
  return character
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s\p{C}]/gu, '');
}

function lettersOf(run: TextRun): Letter[] {
  const characters = [...run.text];
  return characters.map((original, index) => ({
    folded: fold(original),
    original,
    run,
    from: index / characters.length,
    to: (index + 1) / characters.length,
  }));
}

function hitOf(letters: readonly Letter[], first: number, end: number): KeywordHit {
  const found = letters.slice(first, end);
  const corners = found.flatMap(({ run, from, to }) => [
    along(run, from, 0),
    along(run, to, 0),
    along(run, from, 1),
    along(run, to, 1),
  ]);
  const spell = (some: readonly Letter[]): string => some.map(({ original }) => original).join('');
  return {
    middle: { x: middleOf(corners.map(({ x }) => x)), y: middleOf(corners.map(({ y }) => y)) },
    before: spell(letters.slice(Math.max(0, first - contextLength), first)),
    match: spell(found),
    after: spell(letters.slice(end, end + contextLength)),
  };
}

function along({ start, advance, rise }: TextRun, part: number, up: 0 | 1): Point {
  return { x: start.x + advance.x * part + rise.x * up, y: start.y + advance.y * part + rise.y * up };
}

function middleOf(values: readonly number[]): number {
  return (Math.min(...values) + Math.max(...values)) / 2;
}
