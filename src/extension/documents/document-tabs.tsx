import type { VNode } from 'preact';
import { useText } from '../ui/text/text-context.ts';

interface DocumentTabsProps {
  readonly names: readonly string[];
  /** Seals placed in each; undefined where placing is not at issue. */
  readonly counts?: readonly number[];
  readonly shown: number;
  readonly onShow: (document: number) => void;
}

/** The documents of a batch: one is in sight. */
export function DocumentTabs({ names, counts, shown, onShow }: DocumentTabsProps): VNode {
  const text = useText().documents;
  return (
    <nav class="document-tabs" aria-label={text.switchTo}>
      {names.map((name, index) => (
        <button
          key={index}
          type="button"
          class="document-tab"
          aria-current={index === shown ? 'true' : undefined}
          onClick={() => onShow(index)}
        >
          <span>{`${index + 1}. ${name}`}</span>
          {counts !== undefined && (
            <span class={counts[index] === 0 ? 'document-tab-missing' : 'label'}>
              {text.summary.line(counts[index] ?? 0)}
            </span>
          )}
        </button>
      ))}
    </nav>
  );
}
