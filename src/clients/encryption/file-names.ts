import { displayableName } from '../../lib/displayable-name.ts';
import type { BidFormat } from '../../protocol/bids.ts';

const endings: Readonly<Record<BidFormat, string>> = { bid: '.cabid', enveloped: '.p7m' };

/** Name of the encrypted file. */
export function encryptedName(plain: string, format: BidFormat): string {
  return displayableName(`${plain}${endings[format]}`);
}

/** The plaintext's name as a bid keeps it: whole, but for what leads elsewhere or cannot be shown. */
export function keptName(plain: string): string {
  const name = plain.replaceAll(/[\p{C}\p{Zl}\p{Zp}/\\]/gu, '_');
  return name === '.' || name === '..' || name === '' ? '_' : name;
}

/** Name of what was in an EnvelopedData, which keeps none: the encrypted file's without its ending. */
export function nameWithout(encrypted: string): string {
  const name = encrypted.replace(/\.(?:p7m|env)$/i, '');
  return displayableName(name === '' ? encrypted : name);
}
