import type { DirectoryEntry } from '../../../protocol/directory.ts';
import type { PromptRule } from '../../../protocol/prompt-rules.ts';
import type { PromptBehaviour } from '../../../protocol/settings.ts';
import type { MirrorDesk } from './mirror-desk.ts';

export interface MirrorDeskParts {
  /** Undefined while the user has not chosen for this site (origin of the top page). */
  readonly behaviourFor: (site: string) => PromptBehaviour | undefined;
  /** Rules of managed policy, besides the built-in ones. */
  readonly rules: () => readonly PromptRule[];
  readonly directory: () => readonly DirectoryEntry[];
  readonly onChange: () => void;
  readonly now: () => number;
  readonly randomId: () => string;
}

export function createMirrorDesk(_parts: MirrorDeskParts): MirrorDesk {
  return {
    attach: () => undefined,
    take: () => undefined,
    detach: () => undefined,
    views: () => [],
    show: () => Promise.resolve(),
    showTab: () => Promise.resolve(),
    windowClosed: () => undefined,
    refresh: () => undefined,
  };
}
