import { isBoundedData } from '../../lib/bounded-data.ts';
import {
  noncePattern,
  pageMethods,
  questionIdPattern,
  requestIdPattern,
  siteQuestionNames,
} from '../../protocol/page-wire-names.ts';
import type { PageReply, PageRequest } from '../../protocol/page-messages.ts';

/**
 * Reads what a page says, by hand: the schema library and the schemas would be a third of the whole script. Here the
 * shape and the size are bounded; the background decodes every request whole before it does anything.
 */
const paramsBounds = { characters: 1_000_000, values: 30_000, depth: 6, gaps: true } as const;
/** Ten seals with their certificates are the largest answer. */
const answerBounds = { characters: 8_388_608, values: 1_000, depth: 6 };

/** A request, an answer or a cancellation of the page; undefined for anything else. */
export function readPageRequest(message: unknown): PageRequest | undefined {
  return isPageRequest(message) ? message : undefined;
}

/** The id of what is a request but no sound one: its page is told. */
export function idOfRequest(message: unknown): string | undefined {
  if (!isRecord(message) || message['type'] !== 'request') return undefined;
  return isMatch(requestIdPattern, message['id']) ? message['id'] : undefined;
}

/** The nonce of a page that asks for the bridge. */
export function readAsk(data: unknown): string | undefined {
  if (!isRecord(data) || data['caBridge'] !== 'ask' || !hasOnly(data, ['caBridge', 'nonce']))
    return undefined;
  return isMatch(noncePattern, data['nonce']) ? data['nonce'] : undefined;
}

/** What a reply of each type cannot be without. */
const neededParts: readonly (readonly [type: PageReply['type'], part?: string])[] = [
  ['ack'],
  ['state', 'state'],
  ['question', 'params'],
  ['result', 'value'],
  ['error', 'error'],
];

/** A reply of the background, whose shape is this extension's own. */
export function isReply(message: unknown): message is PageReply {
  if (!isRecord(message) || !isMatch(requestIdPattern, message['id'])) return false;
  const part = neededParts.find(([type]) => type === message['type']);
  if (part === undefined || (part[1] !== undefined && !Object.hasOwn(message, part[1]))) return false;
  const isKnown = siteQuestionNames.some((ask) => ask === message['ask']);
  return part[0] !== 'question' || (isKnown && isMatch(questionIdPattern, message['question']));
}

function isPageRequest(message: unknown): message is PageRequest {
  if (!isRecord(message) || !isMatch(requestIdPattern, message['id'])) return false;
  switch (message['type']) {
    case 'request':
      return (
        hasOnly(message, ['type', 'id', 'method', 'params']) &&
        pageMethods.some((method) => method === message['method']) &&
        isParams(message['params'])
      );
    case 'cancel':
      return hasOnly(message, ['type', 'id']);
    case 'answer':
      return (
        hasOnly(message, ['type', 'id', 'question', 'value', 'failed']) &&
        isMatch(questionIdPattern, message['question']) &&
        [undefined, true].some((failed) => failed === message['failed']) &&
        (message['value'] === undefined || isBoundedData(message['value'], answerBounds))
      );
    default:
      return false;
  }
}

/** Plain and bounded, but for the files that it hands over. */
function isParams(params: unknown): boolean {
  if (!isRecord(params)) return false;
  const { document, documents = [], ...rest } = params;
  if (!Array.isArray(documents) || documents.length > 100) return false;
  const handed = document === undefined ? documents : [document, ...documents];
  return handed.every(isHandedOver) && isBoundedData(withoutBlobs(handed, rest), paramsBounds);
}

function isHandedOver(document: unknown): boolean {
  return isRecord(document) && document['blob'] instanceof Blob;
}

function withoutBlobs(handed: readonly Readonly<Record<string, unknown>>[], rest: object): unknown {
  return [rest, handed.map(({ blob: _blob, ...facts }) => facts)];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return Object.prototype.toString.call(value) === '[object Object]';
}

function hasOnly(value: object, keys: readonly string[]): boolean {
  return Object.keys(value).every((key) => keys.includes(key));
}

function isMatch(pattern: RegExp, value: unknown): value is string {
  return typeof value === 'string' && pattern.test(value);
}
