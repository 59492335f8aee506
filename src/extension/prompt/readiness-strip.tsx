import type { VNode } from 'preact';
import type { MirrorView, SeenCertificate } from '../../protocol/mirror-view.ts';
import { Button } from '../ui/button.tsx';
import { ClientFindings } from '../ui/client-list.tsx';
import { Finding } from '../ui/finding.tsx';
import { useText } from '../ui/text/text-context.ts';
import { useMomentText } from '../ui/bid/use-moment-text.ts';
import { needs, standingOf, type CertificateStanding } from './certificate-standing.ts';
import type { Readiness } from './use-readiness.ts';

interface ReadinessStripProps {
  readonly mirror: MirrorView;
  readonly readiness: Readiness;
  /** A platform's name in the page's language. */
  readonly nameOf: (platform: SeenCertificate['platform']) => string;
}

/** What the page cannot know: are the clients there, and is the certificate right. */
export function ReadinessStrip({ mirror, readiness, nameOf }: ReadinessStripProps): VNode {
  const { mirror: text, popup } = useText();
  const { check, recheck, seen } = readiness;
  return (
    <section class="card readiness">
      <div>
        <h2>{mirror.kind === 'qr' ? text.readiness.heading : text.readiness.headingOfWords}</h2>
        <p class="muted">{text.readiness.intro}</p>
      </div>
      <div class="readiness-parts">
        <div>
          <h3>{popup.clientsHeading}</h3>
          <ClientFindings check={check} />
        </div>
        {needs[mirror.scene] !== undefined && (
          <div>
            <h3>{text.readiness.certificates}</h3>
            {seen.state === 'asking' && <Finding mood="busy" title={popup.checking} />}
            {seen.state === 'failed' && <Finding mood="idle" title={text.readiness.unknown} />}
            {seen.state === 'known' && seen.certificates.length === 0 && (
              <p class="muted">{text.readiness.none}</p>
            )}
            {seen.state === 'known' &&
              seen.certificates.map((one) => (
                <SeenOne
                  key={one.certificate.fingerprint}
                  seen={one}
                  openingTime={mirror.openingTime}
                  platform={nameOf(one.platform)}
                />
              ))}
            {mirror.scene === 'decrypt' && <p class="muted">{text.readiness.decryptWith}</p>}
          </div>
        )}
      </div>
      <Button kind="quiet" busy={check.state === 'checking'} onPress={recheck}>
        {popup.recheck}
      </Button>
    </section>
  );
}

const moods = {
  expired: 'bad',
  notYetValid: 'bad',
  endsBeforeOpening: 'bad',
  endsSoon: 'warn',
  validAtOpening: 'ok',
  valid: 'ok',
} as const satisfies Record<CertificateStanding, string>;

function SeenOne(props: { seen: SeenCertificate; openingTime: number | undefined; platform: string }): VNode {
  const text = useText().mirror.readiness;
  const { moment, validity } = useMomentText();
  const { certificate, purpose, seenAt } = props.seen;
  const standing = standingOf(certificate, Date.now(), props.openingTime);
  const organization = certificate.organization === certificate.name ? undefined : certificate.organization;
  return (
    <Finding mood={moods[standing]} title={`${text[standing]} · ${certificate.name}`}>
      {organization !== undefined && <p class="muted">{organization}</p>}
      <p class="muted">{text.about(props.platform, text.purposes[purpose])}</p>
      <p class="muted">{validity(certificate.notBefore, certificate.notAfter)}</p>
      <p class="muted">{text.seenAt(moment(seenAt))}</p>
    </Finding>
  );
}
