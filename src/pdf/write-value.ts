import { latin1 } from './latin1.ts';
import { PdfError } from './pdf-error.ts';
import { isArray, type PdfString, type PdfValue } from './pdf-values.ts';

/**
 * The text of a value, one character a byte (ISO 32000-1 §7.3).
 * @throws PdfError `damaged` for a dictionary with a key twice: writing one of them would settle what is unsettled
 */
export function writeValue(value: PdfValue): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return writeNumber(value);
  if (isArray(value)) return `[${value.map((item) => writeValue(item)).join(' ')}]`;
  if (value.kind === 'name') return writeName(value.text);
  if (value.kind === 'string') return writeString(value);
  if (value.kind === 'reference') return `${value.number} ${value.generation} R`;
  if (value.hasDuplicates) throw new PdfError('damaged', 'a key that stands twice');
  const entries = [...value.entries].map(([key, item]) => `${writeName(key)} ${writeValue(item)}`);
  return `<<${entries.join(' ')}>>`;
}

/** Without an exponent, which PDF does not have. */
function writeNumber(value: number): string {
  if (Number.isInteger(value)) return BigInt(value).toString();
  const text = String(value);
  return text.includes('e') ? value.toFixed(10) : text;
}

function writeName(text: string): string {
  const escaped = text.replaceAll(
    /[^!-~]|[#()<>[\]{}/%]/g,
    (character) => `#${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
  return `/${escaped}`;
}

function writeString({ bytes, form }: PdfString): string {
  const text = latin1(bytes);
  if (form === 'hex') return `<${Buffer.from(bytes).toString('hex')}>`;
  return `(${text.replaceAll(/[\\()\r\n]/g, (character) => escapes.get(character) ?? `\\${character}`)})`;
}

const escapes = new Map([
  ['\r', '\\r'],
  ['\n', '\\n'],
]);
