import type { SeenCertificate } from '../../protocol/mirror-view.ts';
import type { PlatformId } from '../../protocol/platform-ids.ts';
import type { PromptScene } from '../../protocol/prompt-kinds.ts';

export type CertificateStanding =
  'expired' | 'notYetValid' | 'endsBeforeOpening' | 'endsSoon' | 'validAtOpening' | 'valid';

/** Milliseconds before its end from which a certificate is said to end soon. */
const soon = 60 * 86_400_000;

/** How a certificate stands at `now` and, where it lies ahead, at the opening; all in milliseconds since the epoch. */
export function standingOf(
  { notBefore, notAfter }: SeenCertificate['certificate'],
  now: number,
  openingTime: number | undefined,
): CertificateStanding {
  const opening = openingTime !== undefined && openingTime > now ? openingTime : undefined;
  if (notAfter < now) return 'expired';
  if (notBefore > now) return 'notYetValid';
  if (opening !== undefined) return notAfter < opening ? 'endsBeforeOpening' : 'validAtOpening';
  return notAfter - now < soon ? 'endsSoon' : 'valid';
}

/** The client and the certificate that a scene needs; undefined where a scan alone will do. */
export const needs: Readonly<
  Record<PromptScene, { client: 'signature' | 'encryption'; purpose: SeenCertificate['purpose'] } | undefined>
> = {
  login: undefined,
  messageSignature: { client: 'signature', purpose: 'signing' },
  signature: { client: 'signature', purpose: 'signing' },
  revokeSignature: { client: 'signature', purpose: 'signing' },
  encrypt: { client: 'encryption', purpose: 'encryption' },
  decrypt: { client: 'encryption', purpose: 'encryption' },
  unknown: undefined,
};

/** Certificates shown at most: who uses one computer is few. */
const most = 4;

/** Those that `purpose` can be met by, of `platform` where the page names one; the last seen first, each holder once. */
export function relevantCertificates(
  seen: readonly SeenCertificate[],
  purpose: SeenCertificate['purpose'],
  platform: PlatformId | undefined,
): readonly SeenCertificate[] {
  const fitting = seen
    .filter((one) => one.purpose === purpose && (platform === undefined || one.platform === platform))
    .toSorted((one, other) => other.seenAt - one.seenAt);
  const holder = ({ platform: of, certificate: { name, organization } }: SeenCertificate) =>
    JSON.stringify([of, name, organization]);
  return fitting
    .filter((one, index) => fitting.findIndex((other) => holder(other) === holder(one)) === index)
    .slice(0, most);
}
