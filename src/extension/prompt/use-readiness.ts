import { useEffect, useState } from 'preact/hooks';
import { errorCatalogue } from '../../protocol/errors.ts';
import type { MirrorView, SeenCertificate } from '../../protocol/mirror-view.ts';
import type { BackgroundClient } from '../ui/background-client.ts';
import { useLocale, useText } from '../ui/text/text-context.ts';
import { useClientCheck, type ClientCheck } from '../ui/use-client-check.ts';
import { needs, relevantCertificates, standingOf } from './certificate-standing.ts';

export type SeenCertificates =
  | { readonly state: 'asking' | 'failed' }
  | { readonly state: 'known'; readonly certificates: readonly SeenCertificate[] };

export interface Readiness {
  readonly check: ClientCheck;
  readonly recheck: () => void;
  readonly seen: SeenCertificates;
  /** What the page cannot know and the user should before the scan; undefined while nothing is wrong. */
  readonly problem: { readonly title: string; readonly next: string } | undefined;
}

/** What this computer knows of the scene's needs: the clients, and certificates of earlier scans. */
export function useReadiness(client: BackgroundClient, mirror: MirrorView): Readiness {
  const { check, ask } = useClientCheck(client);
  const [seen, setSeen] = useState<SeenCertificates>({ state: 'asking' });
  useEffect(() => {
    client.send({ command: 'seenCertificates' }).then(
      (certificates) => setSeen({ state: 'known', certificates }),
      () => setSeen({ state: 'failed' }),
    );
  }, [client]);
  const need = needs[mirror.scene];
  const relevant: SeenCertificates =
    seen.state === 'known' && need !== undefined
      ? {
          state: 'known',
          certificates: relevantCertificates(seen.certificates, need.purpose, mirror.platform),
        }
      : seen;
  return { check, recheck: ask, seen: relevant, problem: useProblem(mirror, check, relevant) };
}

/** The certificate before the client: it takes longer to mend. */
function useProblem(
  { scene, openingTime }: MirrorView,
  check: ClientCheck,
  seen: SeenCertificates,
): Readiness['problem'] {
  const { mirror: text, popup } = useText();
  const locale = useLocale();
  const need = needs[scene];
  if (need === undefined) return undefined;
  const words = text.readiness;
  const [latest] = seen.state === 'known' ? seen.certificates : [];
  if (latest !== undefined) {
    const standing = standingOf(latest.certificate, Date.now(), openingTime);
    if (standing === 'expired' || standing === 'notYetValid' || standing === 'endsBeforeOpening') {
      return { title: `${words[standing]} · ${latest.certificate.name}`, next: words.renew };
    }
  }
  const status = check.state === 'done' ? check.clients.find(({ kind }) => kind === need.client) : undefined;
  if (status === undefined || status.found) return undefined;
  const { title, remedy } = errorCatalogue[status.error.code].text[locale];
  return { title: `${popup.clients[need.client]} · ${title}`, next: remedy };
}
