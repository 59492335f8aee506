import type { BidFormat } from '../../../protocol/bids.ts';
import { countLimits } from '../../../protocol/limits.ts';
import { UsageError } from '../command.ts';
import { languageOption } from '../language-option.ts';
import type { Language } from '../language.ts';
import { outputOption, type OutputOption } from './output-option.ts';
import { parseArguments } from './parse-arguments.ts';

export interface EncryptOptions {
  readonly files: readonly string[];
  /** Files of certificates, the owner's first. */
  readonly to: readonly string[];
  readonly output: OutputOption;
  readonly format: BidFormat;
  readonly anchors: readonly string[];
  readonly online: boolean;
  readonly json: boolean;
  readonly language: Language | undefined;
}

/** Reads the arguments of `encrypt`. @throws UsageError */
export function parseEncryptOptions(args: readonly string[]): EncryptOptions {
  const { values, positionals: files } = parseArguments({
    args: [...args],
    allowPositionals: true,
    options: {
      to: { type: 'string', multiple: true, default: [] },
      out: { type: 'string' },
      'out-dir': { type: 'string' },
      format: { type: 'string', default: 'bid' },
      anchors: { type: 'string', multiple: true, default: [] },
      online: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      lang: { type: 'string' },
    },
  });
  const { to, format, anchors, online, json, lang } = values;
  if (to.length === 0 || to.length > countLimits.recipients) {
    throw new UsageError({
      'zh-CN': `请用 --to 给出 1 至 ${countLimits.recipients} 张加密证书。`,
      en: `Give 1 to ${countLimits.recipients} encryption certificates by --to.`,
    });
  }
  if (online && anchors.length === 0) {
    throw new UsageError({
      'zh-CN': '--online 需要 --anchors：只向受信任的机构查询吊销列表。',
      en: '--online needs --anchors: none but trusted authorities are asked for revocation lists.',
    });
  }
  return {
    files,
    to,
    output: outputOption(values, files),
    format: formatOption(format),
    anchors,
    online,
    json,
    language: languageOption(lang),
  };
}

function formatOption(format: string): BidFormat {
  if (format === 'bid' || format === 'enveloped') return format;
  const name = JSON.stringify(format);
  throw new UsageError({ 'zh-CN': `不认识的格式：${name}`, en: `Unknown format: ${name}` });
}
