import { parseCertificate } from '../../gm/certificate.ts';
import { fromBase64 } from '../../lib/bytes.ts';
import type { Texts } from './texts.ts';
import type { Holder } from './vault.ts';

/** The phone's encryption certificate, or that there is none. */
export function EncryptionFacts({ texts, holder }: { texts: Texts; holder: Holder }) {
  const { encryption, home } = texts;
  if (holder.encryptionCertificate === undefined) {
    return (
      <p class="encryption-facts none" role="note">
        {encryption.none}
      </p>
    );
  }
  const { subject, serialNumber, notAfter } = parseCertificate(fromBase64(holder.encryptionCertificate));
  return (
    <section class="encryption-facts" aria-label={encryption.certificate}>
      <h2>{encryption.certificate}</h2>
      <dl>
        <div>
          <dt>{encryption.holder}</dt>
          <dd>{subject.commonName ?? subject.text}</dd>
        </div>
        <div>
          <dt>{home.serial}</dt>
          <dd class="serial">{serialNumber}</dd>
        </div>
        <div>
          <dt>{home.validUntil}</dt>
          <dd>{notAfter.toISOString().slice(0, 10)}</dd>
        </div>
      </dl>
    </section>
  );
}
