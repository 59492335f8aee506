import { readFileSync } from 'node:fs';
import { fromBase64, fromHex } from '../../src/lib/bytes.ts';
import { projectPath } from '../support/project-paths.ts';

const format = readFileSync(projectPath('src/clients/encryption/FORMAT.md'), 'utf8');

/** What `FORMAT.md` publishes, read from the page itself: there is no second copy that could differ. */
export const bidVectors = {
  /** 32 bytes. */
  privateKey: fromHex(published('### Inputs', 'private key d')),
  /** K, 48 bytes. */
  contentKey: fromHex(published('### Inputs', 'K')),
  nonce: fromHex(published('### Inputs', 'nonce')),
  chunkSize: Number(published('### Inputs', 'chunkSize')),
  encryptedAt: Number(published('### Inputs', 'encryptedAt')),
  /** DER. */
  certificate: fromBase64(fenced('base64 certificate').replaceAll('\n', '')),
  /** DER. */
  envelope: fromBase64(fenced('base64 envelope').replaceAll('\n', '')),
  /** What the generator gave when the envelope was made, in this order. */
  randomValues: ['content-encryption key', 'initialisation vector', 'k'].map((label) =>
    fromHex(published('### Inputs', label)),
  ),
};

/** The commands of "Opening one by hand": a program for bash. */
export const openByHand = fenced('bash');

/** The titles of the published files. */
export const vectorFiles = ['Three chunks', 'Empty file'] as const;

/** A value that is published of a file. @throws Error when there is none */
export function vectorResult(file: (typeof vectorFiles)[number], label: string): string {
  return published(`### ${file}`, label);
}

/** Plaintext of a published file. */
export function vectorPlaintext(file: (typeof vectorFiles)[number]): Uint8Array {
  const length = Number(vectorResult(file, 'plainSize'));
  return Uint8Array.from({ length }, (_, index) => (7 * index + Math.floor(index / 256)) & 0xff);
}

function published(heading: string, label: string): string {
  const section = (format.split(`\n${heading}\n`)[1] ?? '').split('\n### ')[0] ?? '';
  const rows = section.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
  return present(rows.find(([, first]) => first === label)?.[2], `${heading}, ${label}`);
}

function fenced(language: string): string {
  const [, block] = format.split(`\n\`\`\`${language}\n`);
  return present(block?.split('\n```')[0], language);
}

function present<T>(value: T | undefined, what: string): T {
  if (value === undefined || value === '') throw new Error(`FORMAT.md does not publish ${what}`);
  return value;
}
