import { displayableName } from '../../../lib/displayable-name.ts';
import type { FileFacts, Recipient } from '../../../protocol/bids.ts';
import type { Language } from '../language.ts';

const words = {
  'zh-CN': {
    colon: '：',
    bytes: '字节',
    plain: '原文件',
    cipher: '加密文件',
    certificate: '证书',
    serialNumber: '序列号',
    fingerprint: '指纹 (SM3)',
    validity: '有效期',
    to: '至',
    encryptedAt: '加密时间',
    format: '格式',
    formats: { bid: 'CA互认桥加密投标文件', enveloped: '国密数字信封（GM/T 0010 EnvelopedData）' },
  },
  en: {
    colon: ': ',
    bytes: 'bytes',
    plain: 'Plaintext',
    cipher: 'Encrypted file',
    certificate: 'Certificate',
    serialNumber: 'serial number',
    fingerprint: 'fingerprint (SM3)',
    validity: 'valid',
    to: 'to',
    encryptedAt: 'Encrypted at',
    format: 'Format',
    formats: { bid: 'CA Bridge encrypted bid', enveloped: 'GM/T 0010 EnvelopedData' },
  },
} as const;

/** Lines about files and certificates. What strangers wrote cannot steer the terminal, nor pass for another line. */
export interface BidWriter {
  readonly words: (typeof words)[Language];
  field(label: string, value: string): string;
  file(label: string, facts: FileFacts): string[];
  recipient(number: number, recipient: Recipient): string[];
  /** @param at milliseconds since the epoch */
  time(at: number): string;
}

/** @param timeZone IANA name; the system's unless told */
export function createBidWriter(language: Language, timeZone?: string): BidWriter {
  const said = words[language];
  // Sweden writes dates as ISO 8601 does.
  const times = new Intl.DateTimeFormat('sv-SE', {
    dateStyle: 'short',
    timeStyle: 'medium',
    ...(timeZone === undefined ? {} : { timeZone }),
  });
  const time = (at: number) => times.format(at);
  const field = (label: string, value: string) => `  ${label}${said.colon}${value}`;
  return {
    words: said,
    field,
    time,
    file: (label, { name, size, sm3 }) => [
      field(label, `${displayableName(name)} (${size} ${said.bytes})`),
      field('  SM3', sm3),
    ],
    recipient(number, { name, organization, creditCode, ...recipient }) {
      const holder = [organization, name, creditCode].filter((one) => one !== undefined);
      const validity = `${time(recipient.notBefore)} ${said.to} ${time(recipient.notAfter)}`;
      return [
        field(`${said.certificate} ${number}`, [...new Set(holder)].map(displayableName).join(', ')),
        field(`  ${said.serialNumber}`, recipient.serialNumber),
        field(`  ${said.fingerprint}`, recipient.fingerprint),
        field(`  ${said.validity}`, validity),
      ];
    },
  };
}

export const linesOf = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('');
