import type { VNode } from 'preact';
import { useText } from '../ui/text/text-context.ts';

/** What a page says, marked as its words: without characters that could make them look like ours. */
export function QuotedWords({ words, folded }: { words: string; folded: boolean }): VNode | null {
  const text = useText().mirror;
  const shown = words.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ').trim();
  if (shown === '') return null;
  return (
    <details class="quote" open={!folded}>
      <summary class="label">{text.quote}</summary>
      <blockquote>
        <bdi>{shown}</bdi>
      </blockquote>
    </details>
  );
}
