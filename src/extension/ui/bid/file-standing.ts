import type { BidWarning, FileFacts, OpeningPurpose } from '../../../protocol/bids.ts';
import type { ErrorCode } from '../../../protocol/error-codes.ts';
import type { BidFileView, BidView } from '../../../protocol/bid-view.ts';
import type { SessionView } from '../../../protocol/ui-messages.ts';

/** How one encrypted file stands, with its name as the page gave it. */
export type FileStanding =
  | { readonly kind: 'good'; readonly name: string; readonly plain?: FileFacts; readonly file: BidFileView }
  | { readonly kind: 'bad'; readonly name: string; readonly code: ErrorCode; readonly file: BidFileView }
  /** Not failed, and not done. */
  | { readonly kind: 'waiting'; readonly name: string; readonly file: BidFileView };

export const purposeOf = (bid: BidView | undefined): OpeningPurpose => bid?.purpose ?? 'open';

/**
 * The files of a session in their order. Good is what the request asks for: of `check` that the phone can open the
 * file, once the session has said so; else that it was opened and every byte is right.
 */
export function fileStandings({ bid, documents, state }: SessionView): readonly FileStanding[] {
  const isCompared = purposeOf(bid) === 'check' && (state === 'completing' || state === 'succeeded');
  return (bid?.files ?? []).map((file, index) => {
    const name = documents[index]?.name ?? String(index + 1);
    if (!file.ok) return { kind: 'bad', name, code: file.code, file };
    if (file.plain !== undefined) return { kind: 'good', name, plain: file.plain, file };
    return { kind: isCompared ? 'good' : 'waiting', name, file };
  });
}

/** Warnings that leave in doubt whether the file can be opened on the day: a renewal that kept the key does not. */
const grave: ReadonlySet<BidWarning> = new Set<BidWarning>([
  'CERTIFICATE_ENDS_BEFORE_OPENING',
  'CERTIFICATE_EXPIRED',
  'CERTIFICATE_REVOKED',
]);

export type CheckVerdict = 'ready' | 'warned' | 'refused';

/** The answer to "can this phone open the file on the day". */
export function checkVerdict(file: BidFileView): CheckVerdict {
  if (!file.ok) return 'refused';
  return file.warnings.some((warning) => grave.has(warning)) ? 'warned' : 'ready';
}
