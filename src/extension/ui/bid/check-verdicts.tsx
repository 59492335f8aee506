import type { VNode } from 'preact';
import { useId } from 'preact/hooks';
import type { BidWarning, Recipient } from '../../../protocol/bids.ts';
import { errorCatalogue } from '../../../protocol/errors.ts';
import type { BidFileView } from '../../../protocol/bid-view.ts';
import type { SessionView } from '../../../protocol/ui-messages.ts';
import { Glyph, type GlyphName } from '../glyph.tsx';
import { useLocale, useText } from '../text/text-context.ts';
import { checkVerdict, fileStandings, type CheckVerdict } from './file-standing.ts';
import { NeededCertificates } from './needed-certificates.tsx';
import { RecipientFacts } from './recipient-facts.tsx';

/** Of each file whether the phone in hand can open it on the day, and by which certificate. */
export function CheckVerdicts({ session }: { session: SessionView }): VNode {
  const text = useText().bid.check;
  const headingId = useId();
  const phone = session.bid?.phone;
  const ranks: Readonly<Record<CheckVerdict, number>> = { refused: 0, warned: 1, ready: 2 };
  const sorted = fileStandings(session).toSorted(
    (one, other) => ranks[checkVerdict(one.file)] - ranks[checkVerdict(other.file)],
  );
  return (
    <>
      {sorted.map(({ name, file }, index) => (
        <FileVerdict key={index} name={name} file={file} phone={phone} folded={sorted.length > 1} />
      ))}
      {phone !== undefined && (
        <section class="bid-group" aria-labelledby={headingId}>
          <h2 id={headingId}>{text.phone}</h2>
          <RecipientFacts recipient={phone} />
        </section>
      )}
    </>
  );
}

const looks: Readonly<Record<CheckVerdict, { readonly tone: string; readonly glyph: GlyphName }>> = {
  ready: { tone: 'tone-ok', glyph: 'check' },
  warned: { tone: 'tone-warn', glyph: 'warning' },
  refused: { tone: 'tone-bad', glyph: 'cross' },
};

interface FileVerdictProps {
  readonly name: string;
  readonly file: BidFileView;
  readonly phone: Recipient | undefined;
  /** One of many: details of what is well open by a press. */
  readonly folded: boolean;
}

function FileVerdict({ name, file, phone, folded }: FileVerdictProps): VNode {
  const text = useText().bid.check;
  const locale = useLocale();
  const verdict = checkVerdict(file);
  const { tone, glyph } = looks[verdict];
  const failure = file.ok ? undefined : errorCatalogue[file.code].text[locale];
  return (
    <article
      class={`verdict-file ${tone}`}
      data-check={verdict}
      {...(file.ok ? {} : { 'data-code': file.code })}
    >
      <h2>
        <Glyph name={glyph} />
        {text.verdicts[verdict]}
      </h2>
      <p class="document-name">{name}</p>
      {failure !== undefined && (
        <div>
          <p class="bid-file-title">{failure.title}</p>
          <p>{failure.cause}</p>
          <p class="failure-remedy">{failure.remedy}</p>
        </div>
      )}
      {file.ok && file.warnings.map((warning) => <Warning key={warning} warning={warning} />)}
      <NeededCertificates file={file} phone={phone} folded={folded && verdict === 'ready'} />
    </article>
  );
}

function Warning({ warning }: { warning: BidWarning }): VNode {
  const { title, next } = useText().bid.check.warnings[warning];
  return (
    <div data-warning={warning}>
      <p class="bid-file-title">{title}</p>
      <p>{next}</p>
    </div>
  );
}
