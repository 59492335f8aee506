import type { VNode } from 'preact';
import type { Recipient } from '../../../protocol/bids.ts';
import type { ErrorCode } from '../../../protocol/error-codes.ts';
import { errorCatalogue } from '../../../protocol/errors.ts';
import { DigestText } from '../digest-text.tsx';
import { exactSize, roundedSize } from '../format-size.ts';
import { Glyph, type GlyphName } from '../glyph.tsx';
import { useLocale, useText } from '../text/text-context.ts';
import type { FileStanding } from './file-standing.ts';
import { NeededCertificates } from './needed-certificates.tsx';
import { useMomentText } from './use-moment-text.ts';

interface BidFileItemProps {
  readonly standing: FileStanding;
  /** Cause and remedy of this code stand above already. */
  readonly explained?: ErrorCode | undefined;
  /** The certificate of the phone in hand. */
  readonly phone: Recipient | undefined;
}

const looks = {
  good: { tone: 'tone-ok', glyph: 'check' },
  bad: { tone: 'tone-bad', glyph: 'cross' },
  waiting: { tone: 'tone-idle', glyph: 'dash' },
} as const satisfies Record<string, { tone: string; glyph: GlyphName }>;

/** Failures that another phone or another certificate would not have. */
const otherKey: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'BID_NOT_FOR_PHONE',
  'BID_CERTIFICATE_REPLACED',
]);

/** One encrypted file: what it was opened to, or why it was not and what to do. */
export function BidFileItem({ standing, explained, phone }: BidFileItemProps): VNode {
  const text = useText();
  const { kind, name } = standing;
  const { tone, glyph } = looks[kind];
  const plain = kind === 'good' ? standing.plain : undefined;
  const encryptedAt = standing.file.ok ? standing.file.encryptedAt : undefined;
  const { moment } = useMomentText();
  return (
    <li
      class={`bid-file ${tone}`}
      data-file={kind}
      {...(kind === 'bad' ? { 'data-code': standing.code } : {})}
    >
      <Glyph name={glyph} />
      <div>
        <p>
          <strong class="document-name">{plain?.name ?? name}</strong>{' '}
          {plain !== undefined && (
            <span class="label">{text.documents.size(roundedSize(plain.size), exactSize(plain.size))}</span>
          )}
        </p>
        {plain !== undefined && !name.startsWith(plain.name) && (
          <p class="label">{text.bid.files.from(name)}</p>
        )}
        {plain !== undefined && encryptedAt !== undefined && (
          <p class="label">
            {text.bid.receipt.encryptedAt}{' '}
            <time dateTime={new Date(encryptedAt).toISOString()}>{moment(encryptedAt)}</time>
          </p>
        )}
        {plain !== undefined && <DigestText label={text.documents.digest} digest={plain.sm3} />}
        {kind === 'bad' && <Failure code={standing.code} isExplained={standing.code === explained} />}
        {kind === 'bad' && otherKey.has(standing.code) && (
          <NeededCertificates file={standing.file} phone={phone} folded />
        )}
      </div>
    </li>
  );
}

function Failure({ code, isExplained }: { code: ErrorCode; isExplained: boolean }): VNode {
  const text = useText();
  const { title, cause, remedy } = errorCatalogue[code].text[useLocale()];
  return (
    <>
      <p class="bid-file-title">{title}</p>
      {isExplained ? (
        <p class="label">{text.bid.files.seeAbove}</p>
      ) : (
        <>
          <p>{cause}</p>
          <p class="failure-remedy">{remedy}</p>
          <p class="detail">{text.errorCode(code)}</p>
        </>
      )}
    </>
  );
}
