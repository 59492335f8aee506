import { fromBase64 } from '../../lib/bytes.ts';
import type { FlowParts } from './flow-parts.ts';
import { HeldSeals } from './held-seals.tsx';
import type { PendingSigning } from './phone-agent.ts';
import { TwoNumberFlow } from './two-number-flow.tsx';
import type { Holder } from './vault.ts';

function identityOf({ signingCertificate, chain, seals }: Holder) {
  return {
    certificate: fromBase64(signingCertificate),
    chain: chain.map(fromBase64),
    seals: seals.map(({ id, name, seal }) => ({ id, name, seal: fromBase64(seal) })),
  };
}

/** The screens of one signing. */
export function SigningFlow({ pending, ...parts }: FlowParts & { pending: PendingSigning }) {
  const { texts, agent, holder } = parts;
  const { signing } = texts;
  const scene = texts.scenes[pending.scene];
  const choosesSeal = pending.scene === 'signature';
  return (
    <TwoNumberFlow
      {...parts}
      pending={pending}
      scene={scene}
      identify={() => agent.identify(pending, identityOf(holder))}
      until={(signal) => agent.untilToBeSigned(pending, signal)}
      use={async (keys, { toBeSigned }) => {
        const { certificate, chain } = identityOf(holder);
        await agent.sign(pending, { privateKey: keys.signing, certificate, chain }, toBeSigned);
        return ['good', scene.done];
      }}
      waitBody={choosesSeal ? signing.waitForSeal : signing.wait}
      waitChildren={choosesSeal && <HeldSeals seals={holder.seals} label={signing.offeredSeals} />}
      numberLabel={signing.number}
      namesOf={() => pending.documents.map(({ name }) => name)}
    />
  );
}
