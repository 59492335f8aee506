import { SaxesParser } from 'saxes';
import { fromUtf8 } from '../lib/bytes.ts';
import { OfdError } from './ofd-error.ts';
import { ofdLimits } from './ofd-limits.ts';

/** An element of OFD's namespace, whatever its prefix. */
export interface XmlElement {
  readonly name: string;
  /** Attributes without a namespace. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** The character data directly inside, white space around it cut off. */
  readonly text: string;
}

/** GB/T 33190-2016, and the drafts before it. */
const namespaces: ReadonlySet<string> = new Set(['http://www.ofdspec.org/2016', 'http://www.ofdspec.org']);

interface Open {
  readonly name: string;
  readonly attributes: Map<string, string>;
  readonly children: XmlElement[];
  text: string;
  /** False for an element of another namespace: it and all inside it is passed over. */
  readonly known: boolean;
}

/**
 * Reads a small XML file as OFD writes them. Document types are refused, and with them all entities of one's own.
 * @throws OfdError `notUtf8`, `documentType`, `tooLarge`, `damaged` (not well-formed), `malformed` (no OFD element)
 */
export function parseXml(bytes: Uint8Array): XmlElement {
  const parser = new SaxesParser({ xmlns: true });
  const stack: Open[] = [];
  let root: XmlElement | undefined;
  let elements = 0;
  parser.on('error', () => {
    throw new OfdError('damaged', 'XML');
  });
  parser.on('doctype', () => {
    throw new OfdError('documentType');
  });
  parser.on('xmldecl', ({ encoding }) => {
    if (encoding !== undefined && encoding.toUpperCase() !== 'UTF-8') throw new OfdError('notUtf8', 'XML');
  });
  parser.on('opentag', ({ local, uri, attributes }) => {
    elements += 1;
    if (elements > ofdLimits.xmlElements || stack.length >= ofdLimits.xmlDepth)
      throw new OfdError('tooLarge', 'XML');
    const own = Object.values(attributes).filter((attribute) => attribute.uri === '');
    stack.push({
      name: local,
      attributes: new Map(own.map((attribute) => [attribute.local, attribute.value])),
      children: [],
      text: '',
      known: namespaces.has(uri),
    });
  });
  const addText = (text: string) => {
    const top = stack.at(-1);
    if (top) top.text += text;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    const closed = stack.pop();
    if (closed?.known !== true) return;
    const { name, attributes, children } = closed;
    const element = { name, attributes, children, text: closed.text.trim() };
    const parent = stack.at(-1);
    if (parent) parent.children.push(element);
    else root = element;
  });
  parser.write(decode(bytes)).close();
  if (root === undefined) throw new OfdError('malformed', 'no OFD element');
  return root;
}

function decode(bytes: Uint8Array): string {
  try {
    return fromUtf8(bytes);
  } catch {
    throw new OfdError('notUtf8', 'XML');
  }
}

/** The children of one name. */
export function childrenOf(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter((child) => child.name === name);
}

/** The child of this name, if there is one. @throws OfdError `malformed` when there are several */
export function childOf(element: XmlElement, name: string): XmlElement | undefined {
  const [child, second] = childrenOf(element, name);
  if (second !== undefined) throw new OfdError('malformed', `${name} twice`);
  return child;
}

/** The one child of this name. @throws OfdError `malformed` */
export function requiredChild(element: XmlElement, name: string): XmlElement {
  const child = childOf(element, name);
  if (child === undefined) throw new OfdError('malformed', `no ${name}`);
  return child;
}
