import { dirname, join } from 'node:path';
import { UsageError } from '../command.ts';

/** Where outputs go: `out` is one file, `folder` a folder; beside the input where there is neither. */
export interface OutputOption {
  readonly out: string | undefined;
  readonly folder: string | undefined;
}

/** Reads `--out` and `--out-dir`. @throws UsageError */
export function outputOption(
  { out, 'out-dir': folder }: { readonly out?: string | undefined; readonly 'out-dir'?: string | undefined },
  files: readonly string[],
): OutputOption {
  if (out !== undefined && folder !== undefined) {
    throw new UsageError({
      'zh-CN': '--out 与 --out-dir 只能选其一。',
      en: '--out and --out-dir exclude each other.',
    });
  }
  if (out !== undefined && files.length > 1) {
    throw new UsageError({
      'zh-CN': '--out 只用于一个文件；多个文件请用 --out-dir。',
      en: '--out is for one file; for several there is --out-dir.',
    });
  }
  return { out, folder };
}

/** Folder of what is made of `input`. */
export function outputFolder({ out, folder }: OutputOption, input: string): string {
  return out === undefined ? (folder ?? dirname(input)) : dirname(out);
}

/** Path of what is made of `input`, under this name unless another was given. */
export function outputPath(option: OutputOption, input: string, name: string): string {
  return option.out ?? join(outputFolder(option, input), name);
}
