import type { VNode } from 'preact';
import { useText } from '../ui/text/text-context.ts';
import type { ArrangementState } from './arrangement.ts';

/** What became of the last placing, spoken when it changes. */
export function PlacingNotes({ state, document }: { state: ArrangementState; document: number }): VNode {
  const text = useText().documents.place;
  const { problem, applied, notFound } = state;
  const skipped = applied?.skipped ?? [];
  return (
    <div role="status" class="placing-notes">
      {problem !== undefined && <p class="note-bad">{text[problem]}</p>}
      {(notFound[document] ?? []).map((keyword) => (
        <p key={keyword} class="note-bad">
          {text.notFound(keyword)}
        </p>
      ))}
      {applied !== undefined && <p>{text.toAllDone(applied.count)}</p>}
      {skipped.length > 0 && <p class="note-bad">{text.toAllSkipped(skipped.join(', '))}</p>}
    </div>
  );
}
