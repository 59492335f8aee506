import { bidIdentityOf } from './bid-identity.ts';
import type { FlowParts } from './flow-parts.ts';
import type { PendingOpening } from './phone-agent.ts';
import { PhoneError } from './phone-error.ts';
import { TwoNumberFlow } from './two-number-flow.tsx';

/** The screens of one opening, or of its rehearsal, on a phone that has an encryption certificate. */
export function OpeningFlow({ pending, ...parts }: FlowParts & { pending: PendingOpening }) {
  const { texts, agent, holder } = parts;
  const { opening, signing } = texts;
  const scene = texts.scenes[pending.purpose];
  const identity = bidIdentityOf(holder);
  return (
    <TwoNumberFlow
      {...parts}
      pending={pending}
      scene={scene}
      identify={() => agent.identifyForBid(pending, identity)}
      until={(signal) => agent.untilToOpen(pending, signal)}
      use={async ({ encryption }, { requests }) => {
        const { encryptionCertificate } = identity;
        if (encryption === undefined || encryptionCertificate === undefined) {
          throw new PhoneError('nothingOpened');
        }
        const credential = { privateKey: encryption, certificate: encryptionCertificate };
        const opened = await agent.open(pending, credential, requests);
        const shut = requests.map(({ document }) => document).filter((each) => !opened.includes(each));
        if (shut.length === 0) return ['good', scene.done];
        const names = shut.map(({ name }) => name).join(signing.listSeparator);
        return ['bad', opening.partly(opened.length, requests.length, names)];
      }}
      waitBody={opening.wait}
      numberLabel={opening.number}
      namesOf={({ requests }) => requests.map(({ document }) => document.name)}
    />
  );
}
