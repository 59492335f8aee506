import type { VNode } from 'preact';
import { useId } from 'preact/hooks';
import type { PromptScene } from '../../protocol/prompt-kinds.ts';
import { useText } from '../ui/text/text-context.ts';

/** What comes after the scan. */
export function NextSteps({ scene }: { scene: PromptScene }): VNode {
  const text = useText().mirror;
  const headingId = useId();
  return (
    <section class="next-steps" aria-labelledby={headingId}>
      <h2 id={headingId}>{text.nextHeading}</h2>
      <ol>
        {text.scenes[scene].next.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </section>
  );
}
