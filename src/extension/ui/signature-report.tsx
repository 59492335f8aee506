import type { VNode } from 'preact';
import type { SealReport, SignatureReport as Report } from '../../protocol/verification.ts';
import { FactList, type Fact } from './fact-list.tsx';
import { FindingList } from './finding-list.tsx';
import { Glyph } from './glyph.tsx';
import { useText } from './text/text-context.ts';
import { useDateText } from './use-date-text.ts';
import { verdictLooks } from './verdict-banner.tsx';

/** One signature: whose, when, over what, and whether it holds. */
export function SignatureReport({ signature, number }: { signature: Report; number: number }): VNode {
  const text = useText().verification;
  const date = useDateText();
  const { signer, seal, signedAt, coverage, pages } = signature;
  const { tone, glyph } = verdictLooks[signature.verdict];
  const time =
    signedAt === undefined ? (
      text.noTime
    ) : (
      <>
        <time dateTime={signedAt}>{date.instant(signedAt)}</time>
        <span class="label">{text.timeIsClaimed}</span>
      </>
    );
  const facts: Fact[] = [
    [text.signer, signer?.name],
    [text.organization, signer?.organization],
    [text.creditCode, signer?.creditCode],
    [text.signedAt, time],
    [text.coverage, text.coverages[coverage]],
    [text.pages, pages?.join(', ')],
  ];
  return (
    <article class="card signature" data-verdict={signature.verdict}>
      <h2 class={tone}>
        <Glyph name={glyph} />
        {text.signature(String(number))} · {text.verdicts[signature.verdict].title}
      </h2>
      <div class="signature-body">
        {seal !== undefined && <SealFacts seal={seal} />}
        <FactList facts={facts} />
      </div>
      <Changes changes={signature.changes ?? []} />
      <FindingList findings={signature.findings} />
      <details>
        <summary>{text.details}</summary>
        <FactList
          facts={[
            [text.field, signature.name],
            [text.format, text.formats[signature.kind]],
            [text.issuer, signer?.issuer],
            [text.serialNumber, signer && <code>{signer.serialNumber}</code>],
            [text.validity, signer && `${date.day(signer.notBefore)} – ${date.day(signer.notAfter)}`],
            [text.fingerprint, signer && <code>{signer.fingerprint}</code>],
          ]}
        />
      </details>
    </article>
  );
}

/** Only pictures that are mere pixels are shown: an SVG of a stranger is a document. */
const shownPictures = new Set(['png', 'jpeg', 'jpg', 'gif', 'bmp']);

function SealFacts({ seal }: { seal: SealReport }): VNode {
  const text = useText().verification;
  const date = useDateText();
  const { picture } = seal;
  const millimetres = (length: number): string => String(Math.round(length * 10) / 10);
  return (
    <figure class="seal-facts">
      {picture !== undefined && shownPictures.has(picture.type) && (
        <img
          src={`data:image/${picture.type === 'jpg' ? 'jpeg' : picture.type};base64,${picture.base64}`}
          alt={text.sealPicture(seal.name)}
        />
      )}
      <figcaption>
        <strong>{seal.name}</strong>
        <span class="label">{text.sealValidity(date.day(seal.validFrom), date.day(seal.validTo))}</span>
        <span class="label">{`${text.sealMaker}: ${seal.maker}`}</span>
        {picture !== undefined && (
          <span class="label">
            {text.sealSize(millimetres(picture.widthMm), millimetres(picture.heightMm))}
          </span>
        )}
      </figcaption>
    </figure>
  );
}

function Changes({ changes }: { changes: NonNullable<Report['changes']> }): VNode | null {
  const text = useText().verification;
  const words = changes.map(({ kind, page }) =>
    page === undefined ? text.change[kind] : text.changeOnPage(text.change[kind], String(page)),
  );
  if (words.length === 0) return null;
  return <p class="changes">{text.changes([...new Set(words)].join(text.separator))}</p>;
}
