import { pageLimits } from '../protocol/page-limits.ts';
import { backgroundCandidates } from './background-candidates.ts';
import type { FoundPrompt } from './climb-to-prompt.ts';
import { isExpired } from './expired-qr.ts';
import { hasWords, wordsIn } from './match-words.ts';
import { openingTimeIn } from './opening-time-in.ts';
import { outwards, readBlocks } from './page-blocks.ts';
import { pictureCandidates, qrLikeness } from './picture-candidates.ts';
import type { PreparedRule } from './prepared-rules.ts';
import { promptAroundQr, type QrSearch } from './prompt-around-qr.ts';
import type { PromptCandidate } from './prompt-candidate.ts';
import { isTold, promptInWords } from './prompt-in-words.ts';
import { readRoot, type RootText } from './root-text.ts';
import { mostFound, mostPictures, mostStyles, mostText } from './search-bounds.ts';

/** What the matcher is told besides the page. */
export interface SearchContext {
  /** `location.hostname` of the page; a port is left out of account. */
  readonly host: string;
}

/** What a QR says by being one. */
const scanned = '二维码';

interface Found extends FoundPrompt {
  readonly qr?: Element;
}

/**
 * Every shown prompt whose QR, or whose words where there is no QR, lie within `root`, each place once, in document
 * order; of prompts without QR one of a kind. Words around a QR may also stand outside `root`. Reads the page,
 * changes nothing; bounded by `search-bounds.ts`. Does not descend into shadow roots or frames: call it with each open
 * shadow root; it climbs out of one to its host.
 */
export function findPrompts(
  root: Document | ShadowRoot | Element,
  rules: readonly PreparedRule[],
  context: SearchContext,
): readonly PromptCandidate[] {
  const text = readRoot(root);
  const host = context.host.replace(/:\d+$/, '');
  const counting = rules.filter(({ rule }) => rule.hosts?.includes(host) ?? true);
  const ofQrs = counting.filter(({ rule }) => rule.kind === 'qr');
  const others = counting.filter(({ rule }) => rule.kind !== 'qr');
  const qrs = findQrs(root, ofQrs, text);
  return [...qrs, ...findInWords(others, text, qrs)].toSorted(byPlace).map(toCandidate);
}

function findQrs(
  root: Document | ShadowRoot | Element,
  rules: readonly PreparedRule[],
  text: RootText,
): readonly Found[] {
  const drawn = new Set(pictureCandidates(root));
  const selected = rules.flatMap(({ rule: { selector } }) =>
    selector === undefined ? [] : [...root.querySelectorAll(selector)].slice(0, mostPictures),
  );
  const onlySelected = new Set(selected.filter((element) => !drawn.has(element)));
  const pictures = [...drawn, ...onlySelected];
  const search: QrSearch = { rules, pictures, onlySelected, blocks: readBlocks() };
  const found: Found[] = [];
  for (const qr of pictures) if (found.length < mostFound) found.push(...foundAround(qr, search));
  found.push(...findBackgrounds(text, search, found));
  return found.filter((one) => !found.some((other) => isRather(other, one, found)));
}

function foundAround(qr: Element, search: QrSearch): readonly Found[] {
  const found = promptAroundQr(qr, search);
  return found === undefined || isTold(found.place, search.blocks) ? [] : [{ ...found, qr }];
}

/** QRs that no tag tells of are looked for where the words of a prompt stand without one. */
function findBackgrounds(text: RootText, search: QrSearch, known: readonly Found[]): readonly Found[] {
  const { blocks } = search;
  const hasSomewhere = wordsIn((word) => word === scanned || text.has(word));
  const fitting = search.rules.filter((rule) => hasWords(rule, hasSomewhere));
  const looked = new Set<Element>();
  const budget = { left: mostStyles };
  const found: Found[] = [];
  for (const element of text.placesOf(firstWords(fitting, text))) {
    for (const block of outwards(element)) {
      const written = blocks.written(block);
      if (written === undefined || written.length > 4 * mostText || looked.has(block)) break;
      looked.add(block);
      if ([...known, ...found].some(({ qr }) => block.contains(qr ?? null))) break;
      const hasHere = wordsIn((word) => word === scanned || written.includes(word));
      if (!fitting.some((rule) => hasWords(rule, hasHere))) continue;
      const candidates = backgroundCandidates(block, budget);
      const pictures = [...search.pictures, ...candidates];
      found.push(...candidates.flatMap((qr) => foundAround(qr, { ...search, pictures })));
    }
  }
  return found;
}

function firstWords(rules: readonly PreparedRule[], text: RootText): readonly string[] {
  return [...new Set(rules.flatMap(({ groups }) => groups[0] ?? []))].filter(text.has);
}

/** Of QRs that share their words the nearer, of those that nothing tells apart the likeliest. */
function isRather(other: Found, one: Found, found: readonly Found[]): boolean {
  if (one === other || one.match.rule.scene !== other.match.rule.scene || !one.qr || !other.qr) return false;
  if (one.place !== other.place) return one.place.contains(other.place);
  if (one.match !== other.match) return false;
  const lead = qrLikeness(other.qr) - qrLikeness(one.qr);
  return lead > 0 || (lead === 0 && found.indexOf(other) < found.indexOf(one));
}

function findInWords(
  rules: readonly PreparedRule[],
  text: RootText,
  qrs: readonly Found[],
): readonly Found[] {
  const blocks = readBlocks();
  const found = new Map<string, Found>();
  const hasSomewhere = wordsIn(text.has);
  const fitting = rules.filter((rule) => hasWords(rule, hasSomewhere));
  for (const element of text.placesOf(firstWords(fitting, text))) {
    const prompt = qrs.some(({ place }) => place.contains(element))
      ? undefined
      : promptInWords(element, rules, blocks);
    const kind = prompt?.match.rule.kind;
    if (prompt !== undefined && kind !== undefined && !found.has(kind)) found.set(kind, prompt);
  }
  return [...found.values()];
}

function toCandidate({ match, seen, place, qr, ...found }: Found): PromptCandidate {
  const { id, kind, scene, platform, confidence } = match.rule;
  const openingTime = openingTimeIn(seen.words);
  return {
    rule: id,
    kind,
    scene,
    ...(platform === undefined ? {} : { platform }),
    confidence,
    words: seen.words.slice(0, pageLimits.promptWords),
    place,
    ...(qr === undefined ? {} : { qr }),
    expired: qr !== undefined && isExpired(qr, { match, seen, place, ...found }),
    ...(openingTime === undefined ? {} : { openingTime }),
  };
}

function byPlace(left: Found, right: Found): number {
  const [first, second] = [left.qr ?? left.place, right.qr ?? right.place];
  return (first.compareDocumentPosition(second) & 4) /* follows */ === 0 ? 1 : -1;
}
