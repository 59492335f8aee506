import type { RecipientMatch } from '../../../bid/bid-recipients.ts';
import { displayableName } from '../../../lib/displayable-name.ts';
import type { Language, Text } from '../language.ts';
import { shownPath } from '../shown-path.ts';
import { createBidWriter, linesOf, type BidWriter } from './bid-words.ts';
import { textOfCode } from './failure.ts';
import type { Inspection, NamedRecipient } from './inspect-file.ts';

const texts = {
  sound: { 'zh-CN': '文件头和长度正确', en: 'header and length are right' },
  size: { 'zh-CN': '大小', en: 'Size' },
  expectedSize: { 'zh-CN': '应有大小', en: 'Size it should have' },
  version: { 'zh-CN': '版本', en: 'Version' },
  header: { 'zh-CN': '文件头', en: 'Header' },
  undamaged: { 'zh-CN': '完好', en: 'undamaged' },
  damaged: { 'zh-CN': '已损坏', en: 'damaged' },
  plainSize: { 'zh-CN': '原文件大小', en: 'Size of the plaintext' },
  issuer: { 'zh-CN': '颁发者', en: 'issuer' },
  given: { 'zh-CN': '所给证书', en: 'Given certificate' },
} as const satisfies Readonly<Record<string, Text>>;

const matchTexts: Readonly<Record<RecipientMatch, Text>> = {
  same: { 'zh-CN': '能解密：就是其中一张', en: 'opens it: it is one of these' },
  sameKey: {
    'zh-CN': '能解密：加密后续期过，密钥未变',
    en: 'opens it: renewed since, with the same key',
  },
  replaced: {
    'zh-CN': '不能解密：加密后换发过，密钥已变',
    en: 'does not open it: issued since with another key',
  },
  other: { 'zh-CN': '不能解密：文件不是为它加密的', en: 'does not open it: not one of these' },
};

/** An inspection for people. */
export function inspectionText(input: string, inspection: Inspection, language: Language): string {
  const writer = createBidWriter(language);
  const { words, field } = writer;
  const { code, size, format, version, headerUndamaged, expectedSize, plainSize, match } = inspection;
  const bytes = (count: number) => `${count} ${words.bytes}`;
  const say = (name: keyof typeof texts) => texts[name][language];
  const outcome = code === undefined ? say('sound') : textOfCode(code)[language];
  return linesOf([
    `${shownPath(input)}${words.colon}${outcome}`,
    ...(format === undefined ? [] : [field(words.format, words.formats[format])]),
    ...(version === undefined ? [] : [field(say('version'), String(version))]),
    field(say('size'), bytes(size)),
    ...(expectedSize === undefined ? [] : [field(say('expectedSize'), bytes(expectedSize))]),
    ...(headerUndamaged === undefined
      ? []
      : [field(say('header'), say(headerUndamaged ? 'undamaged' : 'damaged'))]),
    ...(plainSize === undefined ? [] : [field(say('plainSize'), bytes(plainSize))]),
    ...inspection.recipients.flatMap((recipient, index) =>
      'issuer' in recipient
        ? namedRecipient(writer, index + 1, recipient, say('issuer'))
        : writer.recipient(index + 1, recipient),
    ),
    ...(match === undefined ? [] : [field(say('given'), matchTexts[match][language])]),
  ]);
}

function namedRecipient(
  { words, field }: BidWriter,
  number: number,
  { issuer, serialNumber }: NamedRecipient,
  label: string,
): string[] {
  return [
    field(`${words.certificate} ${number}`, `${label} ${displayableName(issuer)}`),
    field(`  ${words.serialNumber}`, serialNumber),
  ];
}
