import { toHex, utf8 } from '../lib/bytes.ts';
import { isText, objectIdentifier, textValue } from './der-values.ts';
import { DerError, openFields, tags, type DerElement } from './der.ts';
import { oid } from './object-identifiers.ts';

/** A Name of X.501. */
export interface DistinguishedName {
  /** DER as it stands in the certificate: names are equal when these bytes are. */
  readonly raw: Uint8Array;
  /** RFC 4514, the most specific part first: `CN=张三,O=某公司,C=CN`. For people; never compared. */
  readonly text: string;
  /** The most specific common name. */
  readonly commonName?: string;
  /** The most specific organisation name. */
  readonly organization?: string;
}

interface NameAttribute {
  readonly type: string;
  /** Undefined where the value is no text. */
  readonly text: string | undefined;
  readonly raw: Uint8Array;
}

const shortNames: Readonly<Record<string, string>> = {
  [oid.commonName]: 'CN',
  [oid.serialNumber]: 'serialNumber',
  [oid.countryName]: 'C',
  [oid.localityName]: 'L',
  [oid.stateOrProvinceName]: 'ST',
  [oid.organizationName]: 'O',
  [oid.organizationalUnitName]: 'OU',
};

/** @throws DerError when the element is no Name */
export function readDistinguishedName(element: DerElement): DistinguishedName {
  openFields(element);
  const parts = element.children.map((part) => {
    openFields(part, tags.set);
    if (part.children.length === 0) throw new DerError('missingElement', 'empty name part');
    return part.children.map(readAttribute);
  });
  const commonName = mostSpecific(parts, oid.commonName);
  const organization = mostSpecific(parts, oid.organizationName);
  return Object.freeze({
    raw: element.raw,
    text: parts
      .toReversed()
      .map((part) => part.map(attributeText).join('+'))
      .join(','),
    ...(commonName === undefined ? {} : { commonName }),
    ...(organization === undefined ? {} : { organization }),
  });
}

function readAttribute(element: DerElement): NameAttribute {
  const fields = openFields(element);
  const type = objectIdentifier(fields.takeAny());
  const value = fields.takeAny();
  fields.end();
  return { type, text: isText(value) ? textValue(value) : undefined, raw: value.raw };
}

function mostSpecific(parts: readonly (readonly NameAttribute[])[], type: string): string | undefined {
  return parts.flat().findLast((attribute) => attribute.type === type)?.text;
}

function attributeText({ type, text, raw }: NameAttribute): string {
  return `${shortNames[type] ?? type}=${text === undefined ? `#${toHex(raw)}` : escapeText(text)}`;
}

/** RFC 4514 §2.4; control characters too, so that one line stays one line. */
function escapeText(text: string): string {
  return text
    .replaceAll(/["+,;<>\\]|^[ #]| $/g, String.raw`\$&`)
    .replaceAll(/\p{Cc}/gu, (control) => `\\${toHex(utf8(control))}`);
}
