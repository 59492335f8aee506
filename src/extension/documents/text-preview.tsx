import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { BlobLike } from '../../lib/blob-like.ts';
import { errorCatalogue } from '../../protocol/errors.ts';
import { exactSize } from '../ui/format-size.ts';
import { useLocale, useText } from '../ui/text/text-context.ts';
import { visibleText, type TextPart } from './visible-text.ts';

/** Bytes of a text that are shown. */
const shownBytes = 262_144;

type Reading =
  | { readonly state: 'reading' }
  | { readonly state: 'gone' }
  | { readonly state: 'read'; readonly parts: readonly TextPart[]; readonly isUtf8: boolean };

/** A text as it will be signed, read-only; what cannot be seen in it is made visible. */
export function TextPreview({ blob }: { blob: BlobLike }): VNode {
  const text = useText().documents;
  const locale = useLocale();
  const [reading, setReading] = useState<Reading>({ state: 'reading' });
  useEffect(() => {
    let shown = true;
    readText(blob).then(
      (read) => shown && setReading({ state: 'read', ...read }),
      () => shown && setReading({ state: 'gone' }),
    );
    return () => {
      shown = false;
    };
  }, [blob]);
  if (reading.state === 'reading') return <p class="connecting">{text.opening}</p>;
  if (reading.state === 'gone')
    return <p class="connecting">{errorCatalogue.DOCUMENT_GONE.text[locale].title}</p>;
  const unseen = blob.size - shownBytes;
  return (
    <section class="text-preview">
      <h2>{text.text}</h2>
      {!reading.isUtf8 && <p class="note-bad">{text.notUtf8}</p>}
      {reading.parts.some(({ isHidden }) => isHidden) && <p class="note-bad">{text.controlCharacters}</p>}
      <pre tabIndex={0} aria-label={text.text}>
        {reading.parts.map((part, index) =>
          part.isHidden ? (
            <span key={index} class="hidden-character">
              {part.text}
            </span>
          ) : (
            <bdi key={index}>{part.text}</bdi>
          ),
        )}
      </pre>
      {unseen > 0 && <p class="note-bad">{text.textCut(exactSize(unseen))}</p>}
    </section>
  );
}

async function readText(blob: BlobLike): Promise<{ parts: readonly TextPart[]; isUtf8: boolean }> {
  const bytes = await blob.slice(0, shownBytes).arrayBuffer();
  // The cut may go through a character: only what comes before it is judged.
  const stream = blob.size > shownBytes;
  const decode = (fatal: boolean): string =>
    new TextDecoder('utf-8', { fatal, ignoreBOM: true }).decode(bytes, { stream });
  try {
    return { parts: visibleText(decode(true)), isUtf8: true };
  } catch {
    return { parts: visibleText(decode(false)), isUtf8: false };
  }
}
