import { useEffect, useState } from 'preact/hooks';
import { fromBase64 } from '../../lib/bytes.ts';
import { ConfirmScreen } from './confirm-screen.tsx';
import type { FlowParts } from './flow-parts.ts';
import type { PendingSigning, WhatToSign } from './phone-agent.ts';
import { PhoneError } from './phone-error.ts';
import { PinStep } from './pin-step.tsx';
import { useDeadline } from './request-attempt.ts';
import { SigningNumberScreen, SigningWaitScreen } from './signing-screens.tsx';
import type { Holder, PrivateKeys } from './vault.ts';

type Step =
  { readonly name: 'confirm' | 'waiting' } | { readonly name: 'compare' | 'pin'; readonly what: WhatToSign };

function identityOf({ signingCertificate, chain, seals }: Holder) {
  return {
    certificate: fromBase64(signingCertificate),
    chain: chain.map(fromBase64),
    seals: seals.map(({ id, name, seal }) => ({ id, name, seal: fromBase64(seal) })),
  };
}

/** The screens of one signing: compare, wait for the computer, compare anew, enter the PIN. */
export function SigningFlow({ pending, ...parts }: FlowParts & { pending: PendingSigning }) {
  const { texts, agent, storage, holder, onEnd } = parts;
  const [step, setStep] = useState<Step>({ name: 'confirm' });
  const [checking, setChecking] = useState(false);
  const [note, setNote] = useState('');
  const asksItself = step.name === 'waiting';
  const deadline = useDeadline(parts, pending, !checking && !asksItself);
  const scene = texts.scenes[pending.scene];
  const refuseByUser = (): void => deadline.refuse('neutral', scene.refused);

  useEffect(() => {
    if (!asksItself) return undefined;
    const leaving = new AbortController();
    agent
      .untilToBeSigned(pending, leaving.signal)
      .then((what) => {
        deadline.extend(what.expiresIn);
        setStep({ name: 'compare', what });
      })
      .catch((error: unknown) => {
        if (!leaving.signal.aborted) deadline.onProblem(error);
      });
    return () => leaving.abort();
  }, [asksItself]);

  const identify = async (): Promise<void> => {
    setChecking(true);
    setNote('');
    try {
      await agent.identify(pending, identityOf(holder));
      // The QR's expiry no longer counts; how long there is left comes with what is to be signed.
      deadline.extend(undefined);
      setStep({ name: 'waiting' });
    } catch (error) {
      const isPassing = error instanceof PhoneError && ['network', 'serverFailed'].includes(error.code);
      if (!isPassing) return deadline.onProblem(error);
      setNote(texts.confirm.notSent);
    } finally {
      setChecking(false);
    }
  };

  const sign = async (keys: PrivateKeys, { toBeSigned }: WhatToSign): Promise<void> => {
    const { certificate, chain } = identityOf(holder);
    await agent.sign(pending, { privateKey: keys.signing, certificate, chain }, toBeSigned);
    onEnd('good', scene.done);
  };

  switch (step.name) {
    case 'confirm':
      return (
        <ConfirmScreen
          texts={texts}
          pending={pending}
          holder={holder}
          secondsLeft={deadline.secondsLeft}
          working={checking}
          note={note}
          onYes={() => void identify()}
          onNo={refuseByUser}
        />
      );
    case 'waiting':
      return <SigningWaitScreen texts={texts} pending={pending} holder={holder} onRefuse={refuseByUser} />;
    case 'compare':
      return (
        <SigningNumberScreen
          texts={texts}
          pending={pending}
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
          pending={pending}
          storage={storage}
          checking={checking}
          onChecking={setChecking}
          use={(keys) => sign(keys, step.what)}
          onLocked={() => deadline.refuse('bad', texts.problems.locked)}
          onProblem={deadline.onProblem}
          onRefuse={refuseByUser}
        />
      );
  }
}
