import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { ConfirmStep } from './confirm-step.tsx';
import type { FlowParts } from './flow-parts.ts';
import type { Tone } from './message-screen.tsx';
import { NumberScreen } from './number-screen.tsx';
import type { PendingOpening, PendingSigning } from './phone-agent.ts';
import { PinStep } from './pin-step.tsx';
import { useDeadline } from './request-attempt.ts';
import type { Message, PinSceneTexts } from './texts.ts';
import type { PrivateKeys } from './vault.ts';
import { WaitScreen } from './wait-screen.tsx';

/** What the computer's side wants done with a key. */
interface Wanted {
  readonly signingNumber: string;
  readonly expiresIn?: number;
}

type Step<What> =
  { readonly name: 'confirm' | 'waiting' } | { readonly name: 'compare' | 'pin'; readonly what: What };

interface TwoNumberFlowProps<What extends Wanted> extends FlowParts {
  readonly pending: PendingSigning | PendingOpening;
  readonly scene: PinSceneTexts;
  /** Says whose phone this is. */
  readonly identify: () => Promise<void>;
  /** What is to be signed or opened, once the computer's side has it. */
  readonly until: (signal: AbortSignal) => Promise<What>;
  /** Signs or opens it, and tells how that ended. */
  readonly use: (keys: PrivateKeys, what: What) => Promise<readonly [Tone, Message]>;
  readonly waitBody: string;
  readonly waitChildren?: ComponentChildren;
  readonly numberLabel: string;
  readonly namesOf: (what: What) => readonly string[];
}

/** The screens of one signing or opening: compare, wait for the computer, compare anew, enter the PIN. */
export function TwoNumberFlow<What extends Wanted>(props: TwoNumberFlowProps<What>) {
  const { pending, scene, identify, until, use, waitBody, waitChildren, numberLabel, namesOf, ...parts } =
    props;
  const { texts, storage, holder, onEnd } = parts;
  const [step, setStep] = useState<Step<What>>({ name: 'confirm' });
  const [checking, setChecking] = useState(false);
  const asksItself = step.name === 'waiting';
  const deadline = useDeadline(parts, pending, !checking && !asksItself);
  const refuseByUser = (): void => deadline.refuse('neutral', scene.refused);

  useEffect(() => {
    if (!asksItself) return undefined;
    const leaving = new AbortController();
    until(leaving.signal)
      .then((what) => {
        deadline.extend(what.expiresIn);
        setStep({ name: 'compare', what });
      })
      .catch((error: unknown) => {
        if (!leaving.signal.aborted) deadline.onProblem(error);
      });
    return () => leaving.abort();
  }, [asksItself]);

  switch (step.name) {
    case 'confirm':
      return (
        <ConfirmStep
          texts={texts}
          pending={pending}
          holder={holder}
          secondsLeft={deadline.secondsLeft}
          working={checking}
          onWorking={setChecking}
          identify={async () => {
            await identify();
            // The QR's expiry no longer counts; how long there is left comes with what is wanted.
            deadline.extend(undefined);
            setStep({ name: 'waiting' });
          }}
          onProblem={deadline.onProblem}
          onRefuse={refuseByUser}
        />
      );
    case 'waiting':
      return (
        <WaitScreen texts={texts} body={waitBody} back={scene.back} onRefuse={refuseByUser}>
          {waitChildren}
        </WaitScreen>
      );
    case 'compare':
      return (
        <NumberScreen
          texts={texts}
          site={scene.site}
          origin={pending.origin}
          names={namesOf(step.what)}
          label={numberLabel}
          number={step.what.signingNumber}
          secondsLeft={deadline.secondsLeft}
          onYes={() => setStep({ name: 'pin', what: step.what })}
          onNo={refuseByUser}
        />
      );
    default:
      return (
        <PinStep
          texts={texts}
          scene={scene}
          origin={pending.origin}
          storage={storage}
          checking={checking}
          onChecking={setChecking}
          use={async (keys) => onEnd(...(await use(keys, step.what)))}
          onLocked={() => deadline.refuse('bad', texts.problems.locked)}
          onProblem={deadline.onProblem}
          onRefuse={refuseByUser}
        />
      );
  }
}
