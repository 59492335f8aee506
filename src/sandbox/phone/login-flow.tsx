import { useState } from 'preact/hooks';
import { fromBase64 } from '../../lib/bytes.ts';
import { ConfirmScreen } from './confirm-screen.tsx';
import type { FlowParts } from './flow-parts.ts';
import type { PendingLogin } from './phone-agent.ts';
import { PinStep } from './pin-step.tsx';
import { useDeadline } from './request-attempt.ts';
import type { PrivateKeys } from './vault.ts';

/** The screens of one login: compare the number, enter the PIN. */
export function LoginFlow({ pending, ...parts }: FlowParts & { pending: PendingLogin }) {
  const { texts, agent, storage, holder, onEnd } = parts;
  const [step, setStep] = useState<'confirm' | 'pin'>('confirm');
  const [checking, setChecking] = useState(false);
  const { secondsLeft, onProblem, refuse } = useDeadline(parts, pending, !checking);

  const use = async (keys: PrivateKeys): Promise<void> => {
    await agent.confirm(pending, {
      privateKey: keys.signing,
      certificate: fromBase64(holder.signingCertificate),
      chain: holder.chain.map(fromBase64),
    });
    onEnd('good', texts.scenes.login.done);
  };

  if (step === 'confirm') {
    return (
      <ConfirmScreen
        texts={texts}
        pending={pending}
        holder={holder}
        secondsLeft={secondsLeft}
        onYes={() => setStep('pin')}
        onNo={() => refuse('neutral', texts.scenes.login.refused)}
      />
    );
  }
  return (
    <PinStep
      texts={texts}
      scene={texts.scenes.login}
      origin={pending.origin}
      storage={storage}
      checking={checking}
      onChecking={setChecking}
      use={use}
      onLocked={() => refuse('bad', texts.problems.locked)}
      onProblem={onProblem}
      onRefuse={() => refuse('neutral', texts.scenes.login.refused)}
    />
  );
}
