/**
 * Strict DER (ITU-T X.690, clauses 8, 10 and 11): one value has one encoding, and nothing else is read.
 * The order of a SET OF is not checked: no value here depends on it, and signers in the field get it wrong.
 */
import { DerError } from './der-error.ts';
import { readDerHeader } from './der-header.ts';

export { DerError, type DerErrorReason } from './der-error.ts';

/** Identifier octets that GM certificates and messages use. */
export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  objectIdentifier: 0x06,
  utf8String: 0x0c,
  printableString: 0x13,
  teletexString: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const;

/** Identifier octet of a context-specific tag: `constructed` for EXPLICIT and for IMPLICIT SEQUENCE or SET. */
export function contextTag(number: number, form: 'constructed' | 'primitive' = 'constructed'): number {
  return (form === 'constructed' ? 0xa0 : 0x80) | number;
}

/** One element. All byte arrays are views into what was parsed. */
export interface DerElement {
  /** Identifier octet. */
  readonly tag: number;
  /** Identifier, length and content octets. */
  readonly raw: Uint8Array;
  readonly content: Uint8Array;
  /** Elements of a constructed encoding; none of a primitive one. */
  readonly children: readonly DerElement[];
}

export interface DerLimits {
  /** Bytes of the whole encoding; 16 MiB unless told. */
  readonly maxLength?: number;
  /** Levels of nesting; 24 unless told. */
  readonly maxDepth?: number;
  /** Elements in all, nested ones included; 65,536 unless told. */
  readonly maxElements?: number;
}

const constructedBit = 0x20;

/** How many elements may still be read: hostile bytes of two-octet elements would fill the memory. */
interface Budget {
  left: number;
}

/** Reads the element at the beginning of `bytes`, which may go on after it. */
function readElement(bytes: Uint8Array, depthLeft: number, budget: Budget): DerElement {
  if (depthLeft === 0) throw new DerError('tooDeep');
  if (budget.left === 0) throw new DerError('tooMany');
  budget.left -= 1;
  const { tag, headerLength, length } = readDerHeader(bytes);
  if (length > 0xffff_ffff) throw new DerError('tooLong');
  if (length > bytes.length - headerLength) throw new DerError('truncated');

  const raw = bytes.subarray(0, headerLength + length);
  const content = raw.subarray(headerLength);
  const children = tag & constructedBit ? readElements(content, depthLeft - 1, budget) : [];
  checkContent(tag, content);
  return { tag, raw, content, children };
}

function readElements(content: Uint8Array, depthLeft: number, budget: Budget): DerElement[] {
  const elements: DerElement[] = [];
  for (let offset = 0; offset < content.length;) {
    const element = readElement(content.subarray(offset), depthLeft, budget);
    elements.push(element);
    offset += element.raw.length;
  }
  return elements;
}

/** What each universal type demands of its octets, whoever reads it later. */
function checkContent(tag: number, content: Uint8Array): void {
  if (tag >= 0x40) return;
  const isCollection = (tag & 0x1f) === 0x10 || (tag & 0x1f) === 0x11;
  if (isCollection !== Boolean(tag & constructedBit)) throw new DerError('wrongForm');
  if (tag === tags.boolean) checkBoolean(content);
  if (tag === tags.integer) checkInteger(content);
  if (tag === tags.bitString) checkBitString(content);
  if (tag === tags.null && content.length > 0) throw new DerError('malformedNull');
  if (tag === tags.objectIdentifier) checkObjectIdentifier(content);
}

function checkBoolean(content: Uint8Array): void {
  if (content.length !== 1 || (content[0] !== 0 && content[0] !== 0xff))
    throw new DerError('malformedBoolean');
}

function checkInteger(content: Uint8Array): void {
  const [first, second = 0] = content;
  if (first === undefined) throw new DerError('nonMinimalInteger', 'empty');
  if (content.length === 1) return;
  if ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80)) {
    throw new DerError('nonMinimalInteger');
  }
}

function checkBitString(content: Uint8Array): void {
  const [unused] = content;
  const last = content.length === 1 ? 0 : (content.at(-1) ?? 0);
  if (unused === undefined || unused > 7) throw new DerError('malformedBitString');
  if (content.length === 1 && unused > 0) throw new DerError('malformedBitString');
  if (last & ((1 << unused) - 1)) throw new DerError('malformedBitString', 'unused bits set');
}

function checkObjectIdentifier(content: Uint8Array): void {
  const startsArc = (index: number) => index === 0 || ((content[index - 1] ?? 0) & 0x80) === 0;
  const isPadded = content.some((octet, index) => octet === 0x80 && startsArc(index));
  if (content.length === 0 || isPadded || (content.at(-1) ?? 0) & 0x80) {
    throw new DerError('malformedObjectIdentifier');
  }
}

/**
 * Parses exactly one DER element with everything inside it.
 * @throws DerError for any other bytes.
 */
export function parseDer(bytes: Uint8Array, limits: DerLimits = {}): DerElement {
  const { maxLength = 2 ** 24, maxDepth = 24, maxElements = 65_536 } = limits;
  if (bytes.length > maxLength) throw new DerError('tooLong');
  const element = readElement(bytes, maxDepth, { left: maxElements });
  if (element.raw.length < bytes.length) throw new DerError('trailingBytes');
  return element;
}

/** Takes the elements of a constructed encoding one after the other, in the order of its ASN.1 module. */
export interface DerFields {
  /** The next element, which must have `tag`. @throws DerError `missingElement`, `unexpectedElement` */
  take(tag: number): DerElement;
  /** The next element if it has `tag`. */
  takeIf(tag: number): DerElement | undefined;
  /** Whatever comes next. @throws DerError `missingElement` */
  takeAny(): DerElement;
  /** Nothing may be left. @throws DerError `unexpectedElement` */
  end(): void;
}

/**
 * Opens a constructed element.
 * @throws DerError `unexpectedElement` when its tag is not `tag`.
 */
export function openFields(element: DerElement, tag: number = tags.sequence): DerFields {
  expectTag(element, tag);
  let next = 0;
  const takeAny = () => {
    const child = element.children[next];
    if (child === undefined) throw new DerError('missingElement');
    next += 1;
    return child;
  };
  return {
    takeAny,
    take: (childTag) => expectTag(takeAny(), childTag),
    takeIf: (childTag) => (element.children[next]?.tag === childTag ? takeAny() : undefined),
    end() {
      if (next < element.children.length) throw new DerError('unexpectedElement');
    },
  };
}

/** @throws DerError `unexpectedElement` when the tag differs. */
export function expectTag(element: DerElement, tag: number): DerElement {
  if (element.tag !== tag) {
    throw new DerError('unexpectedElement', `0x${element.tag.toString(16)} for 0x${tag.toString(16)}`);
  }
  return element;
}

/** The one element inside, as under an EXPLICIT tag. @throws DerError */
export function onlyChild(element: DerElement): DerElement {
  const fields = openFields(element, element.tag);
  const child = fields.takeAny();
  fields.end();
  return child;
}
