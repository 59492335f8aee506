import { isBuiltInPlatform, type DirectoryEntry } from '../../../protocol/directory.ts';
import type { MirrorView } from '../../../protocol/mirror-view.ts';
import type { ObservedPrompt } from '../../../protocol/observed-prompts.ts';
import { platformIds, type PlatformId } from '../../../protocol/platform-ids.ts';
import { judgeQr, type MirroredQrVerdict } from './judge-qr.ts';
import type { DetectorSource } from './mirror-desk.ts';

/** A found prompt as the desk keeps it. */
export interface Mirror {
  readonly id: string;
  readonly source: DetectorSource;
  readonly since: number;
  readonly state: MirrorView['state'];
  /** As reported last. */
  readonly prompt: ObservedPrompt;
  /** Text of its QR, once decoded; stays while the page says that it has expired. */
  readonly content?: string;
  /** Pixels of its QR wait for their turn. */
  readonly waits?: boolean;
}

/** Where the QR leads to; undefined where there is none that was read. */
export function verdictOn(
  { content, source }: Mirror,
  directory: readonly DirectoryEntry[],
): MirroredQrVerdict | undefined {
  return content === undefined ? undefined : judgeQr(content, directory, [source.origin, source.topOrigin]);
}

/** What pages of ours may know of it. */
export function viewMirror(
  mirror: Mirror,
  verdict: MirroredQrVerdict | undefined,
  { windowId, asksBehaviour }: { readonly windowId: number | undefined; readonly asksBehaviour: boolean },
): MirrorView {
  const { id, source, since, state, prompt } = mirror;
  const qr = viewQr(mirror, verdict);
  const platform = platformOf(verdict) ?? prompt.platform;
  return {
    id,
    origin: source.origin,
    topOrigin: source.topOrigin,
    tabId: source.tabId,
    kind: prompt.kind,
    scene: prompt.scene,
    ...(platform === undefined ? {} : { platform }),
    words: prompt.words,
    state,
    ...(qr === undefined ? {} : { qr }),
    ...(prompt.openingTime === undefined ? {} : { openingTime: prompt.openingTime }),
    since,
    ...(windowId === undefined ? {} : { windowId }),
    asksBehaviour,
  };
}

function viewQr(
  { prompt, content, waits }: Mirror,
  verdict: MirroredQrVerdict | undefined,
): MirrorView['qr'] {
  if (prompt.kind !== 'qr') return undefined;
  if (content !== undefined && verdict !== undefined) {
    const { trust, host } = verdict;
    return { content, trust, ...(host === undefined ? {} : { host }) };
  }
  if (prompt.qr === undefined || waits === true) return { unreadable: 'notDrawn' };
  return { unreadable: prompt.qr.type === 'unreadable' ? prompt.qr.why : 'notDecoded' };
}

/** The QR's own host tells more than the page's words. */
function platformOf(verdict: MirroredQrVerdict | undefined): PlatformId | undefined {
  const entry = verdict?.entry;
  return entry !== undefined && isBuiltInPlatform(entry) ? platformIds.find((id) => id === entry) : undefined;
}
