import type { DirectoryEntry } from '../../../protocol/directory.ts';
import type { Deployment } from '../configuration.ts';

/** 数字证书办理 as this deployment has it: the built-in entries, with policy's over and beside them. */
export function directoryOf(_deployment: Deployment): readonly DirectoryEntry[] {
  return [];
}
