import { useState } from 'preact/hooks';
import { actOf } from './acts.ts';
import { bidIdentityOf } from './bid-identity.ts';
import { ConfirmStep } from './confirm-step.tsx';
import type { FlowParts } from './flow-parts.ts';
import type { PendingBid } from './phone-agent.ts';
import { useDeadline } from './request-attempt.ts';

/**
 * The screens of what ends with the phone's certificate in the computer's hands: an encryption, a check, and any
 * opening on a phone that has no encryption certificate.
 */
export function HandOverFlow({ pending, ...parts }: FlowParts & { pending: PendingBid }) {
  const { texts, agent, holder, onEnd } = parts;
  const [working, setWorking] = useState(false);
  const { secondsLeft, onProblem, refuse } = useDeadline(parts, pending, !working);
  const scene = texts.scenes[actOf(pending)];
  const hasCertificate = holder.encryptionCertificate !== undefined;
  return (
    <ConfirmStep
      texts={texts}
      pending={pending}
      holder={holder}
      secondsLeft={secondsLeft}
      working={working}
      onWorking={setWorking}
      identify={async () => {
        await agent.identifyForBid(pending, bidIdentityOf(holder));
        if (hasCertificate) onEnd('good', scene.done);
        else onEnd('bad', texts.encryption.missing);
      }}
      onProblem={onProblem}
      onRefuse={() => refuse('neutral', scene.refused)}
    />
  );
}
