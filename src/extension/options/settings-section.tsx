import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { Glyph } from '../ui/glyph.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { useText } from '../ui/text/text-context.ts';
import type { Saving } from './use-saving.ts';

interface SettingsSectionProps {
  readonly heading: string;
  readonly explanation?: string;
  /** Policy decides it. */
  readonly locked?: boolean;
  readonly saving: Saving;
  readonly children: ComponentChildren;
}

/** One group of settings: what it is, who decides it, and how the last press went. */
export function SettingsSection(props: SettingsSectionProps): VNode {
  const { heading, explanation, locked = false, saving, children } = props;
  const text = useText().options;
  const headingId = useId();
  const answer = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    // What was pressed may be gone with its row.
    if (saving.said !== undefined && document.activeElement === document.body) answer.current?.focus();
  }, [saving.said]);
  return (
    <section class="card settings" aria-labelledby={headingId}>
      <div class="settings-head">
        <h2 id={headingId}>{heading}</h2>
        {locked && (
          <p class="locked">
            <Glyph name="lock" />
            {text.locked}
          </p>
        )}
      </div>
      {explanation !== undefined && <p class="muted">{explanation}</p>}
      {children}
      <p class="settings-said" role="status" ref={answer} tabIndex={-1}>
        {saving.said ?? ''}
      </p>
      {saving.problem !== undefined && <ProblemNotice code={saving.problem} />}
    </section>
  );
}
