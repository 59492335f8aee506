import type { VNode } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { codeOf } from '../../protocol/coded-error.ts';
import type { ErrorCode } from '../../protocol/error-codes.ts';
import { promptBehaviours, type PromptBehaviour } from '../../protocol/settings.ts';
import type { BackgroundClient } from '../ui/background-client.ts';
import { Button } from '../ui/button.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { useText } from '../ui/text/text-context.ts';

interface BehaviourChoiceProps {
  readonly client: BackgroundClient;
  /** Origin of the top page. */
  readonly site: string;
  /** The user has not chosen yet. */
  readonly asks: boolean;
}

/** What shall happen on this site from now on: asked once, below all that has to do with the scan. */
export function BehaviourChoice({ client, site, asks }: BehaviourChoiceProps): VNode | null {
  const text = useText().mirror.behaviour;
  const headingId = useId();
  const answer = useRef<HTMLParagraphElement>(null);
  const [chosen, setChosen] = useState<PromptBehaviour>();
  const [pending, setPending] = useState<PromptBehaviour>();
  const [problem, setProblem] = useState<ErrorCode>();
  useEffect(() => {
    // The button that was pressed is gone.
    if (chosen !== undefined) answer.current?.focus();
  }, [chosen]);
  const choose = (behaviour: PromptBehaviour): void => {
    if (pending !== undefined) return;
    setPending(behaviour);
    setProblem(undefined);
    client
      .send({ command: 'setPromptBehaviour', site, behaviour })
      .then(
        () => setChosen(behaviour),
        (error: unknown) => setProblem(codeOf(error)),
      )
      .finally(() => setPending(undefined));
  };
  if (chosen !== undefined) {
    return (
      <aside class="behaviour">
        <p ref={answer} tabIndex={-1} role="status">
          {text.done[chosen]}
        </p>
      </aside>
    );
  }
  if (!asks) return null;
  return (
    <aside class="behaviour" aria-labelledby={headingId}>
      <p id={headingId}>{text.heading}</p>
      <div class="actions">
        {promptBehaviours.map((behaviour) => (
          <Button key={behaviour} busy={pending !== undefined} onPress={() => choose(behaviour)}>
            {text.choices[behaviour]}
          </Button>
        ))}
      </div>
      {problem !== undefined && <ProblemNotice code={problem} />}
    </aside>
  );
}
