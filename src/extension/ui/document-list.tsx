import type { VNode } from 'preact';
import { useId } from 'preact/hooks';
import type { DocumentDigest } from '../../protocol/documents.ts';
import { DigestText } from './digest-text.tsx';
import { exactSize, roundedSize } from './format-size.ts';
import { useText } from './text/text-context.ts';

interface DocumentListProps {
  readonly documents: readonly DocumentDigest[];
  readonly heading: string;
  /** Opened by a press: the user has looked at it before. */
  readonly folded?: boolean;
}

/** The documents of a request as the client read them: name, size and digest of each. */
export function DocumentList({ documents, heading, folded = false }: DocumentListProps): VNode | null {
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
  const title = <h2 id={headingId}>{heading}</h2>;
  if (!folded) {
    return (
      <section class="documents" aria-labelledby={headingId}>
        {title}
        {list}
      </section>
    );
  }
  return (
    <details class="documents">
      <summary>{title}</summary>
      {list}
    </details>
  );
}
