import { Fragment, type VNode } from 'preact';
import { useState } from 'preact/hooks';
import { useText } from './text/text-context.ts';

interface DigestTextProps {
  readonly label: string;
  /** Hexadecimal. */
  readonly digest: string;
}

/** A digest in groups of four, to be read aloud and compared, and a button that copies it as it is. */
export function DigestText({ label, digest }: DigestTextProps): VNode {
  const text = useText().documents;
  const [copied, setCopied] = useState(false);
  const copy = (): void => {
    navigator.clipboard.writeText(digest).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <div class="digest">
      <span class="label">{label}</span>
      <button type="button" class="text-button" aria-label={`${text.copy} ${label}`} onClick={copy}>
        {copied ? text.copied : text.copy}
      </button>
      <code>
        {(digest.match(/.{1,4}/g) ?? []).map((group, index) => (
          <Fragment key={index}>
            <span>{group}</span>{' '}
          </Fragment>
        ))}
      </code>
      <span class="visually-hidden" role="status">
        {copied ? text.copied : ''}
      </span>
    </div>
  );
}
