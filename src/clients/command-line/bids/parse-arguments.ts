import { parseArgs, type ParseArgsConfig } from 'node:util';
import { UsageError } from '../command.ts';

/** As Node's `parseArgs`. @throws UsageError for what it refuses, for an option of no characters, and without a file */
export function parseArguments<Config extends ParseArgsConfig>(
  config: Config,
): ReturnType<typeof parseArgs<Config>> {
  const parsed = parse(config);
  for (const [name, value] of Object.entries<unknown>(parsed.values)) {
    const given: readonly unknown[] = Array.isArray(value) ? value : [value];
    if (given.includes('')) {
      throw new UsageError({ 'zh-CN': `选项 --${name} 没有内容。`, en: `--${name} has no value.` });
    }
  }
  const files: readonly unknown[] = parsed.positionals;
  if (files.length === 0 || files.includes('')) {
    throw new UsageError({ 'zh-CN': '请给出文件。', en: 'Give a file.' });
  }
  return parsed;
}

function parse<Config extends ParseArgsConfig>(config: Config): ReturnType<typeof parseArgs<Config>> {
  try {
    return parseArgs(config);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw new UsageError({ 'zh-CN': `选项有误：${said}`, en: said });
  }
}
