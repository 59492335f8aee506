import type { VNode } from 'preact';
import { useId } from 'preact/hooks';
import type { DocumentDigest } from '../../protocol/documents.ts';
import { DigestText } from './digest-text.tsx';
import { exactSize, roundedSize } from './format-size.ts';
import { useText } from './text/text-context.ts';

interface DocumentListProps {
  readonly documents: readonly DocumentDigest[];
  /** Opened by a press: the user has looked at it before. */
  readonly folded?: boolean;
  /** What became of them; still to be signed unless told. */
  readonly outcome?: 'signed' | 'unsigned';
}

/** What is to be signed, as the client read it: name, size and digest of each document. */
export function DocumentList({ documents, folded = false, outcome }: DocumentListProps): VNode | null {
  const text = useText().documents;
  const headingId = useId();
  if (documents.length === 0) return null;
  const list = (
    <ol class="document-list" tabIndex={documents.length > 1 ? 0 : undefined} aria-labelledby={headingId}>
      {documents.map(({ name, size, sm3 }, index) => (
        <li key={index}>
          <p>
            <strong class="document-name">{name}</strong>{' '}
            <span class="label">{text.size(roundedSize(size), exactSize(size))}</span>
          </p>
          <DigestText label={text.digest} digest={sm3} />
        </li>
      ))}
    </ol>
  );
  const words = { signed: text.done, unsigned: text.notSigned };
  const toHeading = outcome === undefined ? text.heading : words[outcome];
  const heading = <h2 id={headingId}>{toHeading(documents.length)}</h2>;
  if (!folded) {
    return (
      <section class="documents" aria-labelledby={headingId}>
        {heading}
        {list}
      </section>
    );
  }
  return (
    <details class="documents">
      <summary>{heading}</summary>
      {list}
    </details>
  );
}
