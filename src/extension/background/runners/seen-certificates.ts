import { certificateFacts } from '../../../platforms/certificate-facts.ts';
import type { SignerIdentity } from '../../../platforms/platform.ts';
import type { SeenCertificate } from '../../../protocol/mirror-view.ts';
import type { PlatformId } from '../../../protocol/platform-ids.ts';
import type { BridgeStore } from '../../storage/bridge-database.ts';

type SeenIdentity = Pick<SignerIdentity, 'certificate' | 'encryptionCertificate'>;

/** What there is to remember of who scanned, as far as it can be read. `now`: milliseconds since the epoch. */
export function seenCertificates(
  platform: PlatformId,
  { certificate, encryptionCertificate }: SeenIdentity,
  now: number,
): readonly SeenCertificate[] {
  const seen = (purpose: SeenCertificate['purpose'], base64: string | undefined) => {
    const facts = base64 === undefined ? undefined : certificateFacts(base64);
    return facts === undefined ? [] : [{ platform, purpose, certificate: facts, seenAt: now }];
  };
  return [...seen('signing', certificate), ...seen('encryption', encryptionCertificate)];
}

/** Remembers them. A full disk keeps no session from its end. */
export function noteCertificates(
  store: Pick<BridgeStore, 'noteCertificate'>,
  platform: PlatformId,
  identity: SeenIdentity,
): void {
  for (const seen of seenCertificates(platform, identity, Date.now())) {
    store.noteCertificate(seen).catch(() => undefined);
  }
}
