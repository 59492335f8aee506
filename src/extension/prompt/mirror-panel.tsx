import type { VNode } from 'preact';
import { assertNever } from '../../lib/assert-never.ts';
import type { MirrorView } from '../../protocol/mirror-view.ts';
import { Glyph } from '../ui/glyph.tsx';
import { QrCode } from '../ui/qr-code.tsx';
import type { Mood } from '../ui/scenes/scene-look.ts';
import { useText } from '../ui/text/text-context.ts';
import { ForeignQr } from './foreign-qr.tsx';
import { MirrorAdvice } from './mirror-advice.tsx';
import type { MirrorShape } from './mirror-look.ts';
import type { NamedPlatform } from './use-platforms.ts';

interface MirrorPanelProps {
  readonly mirror: MirrorView;
  readonly shape: MirrorShape;
  readonly mood: Mood;
  readonly qrLabel: string;
  readonly platform: NamedPlatform | undefined;
}

/** The middle of a found prompt's card. */
export function MirrorPanel({ mirror, shape, mood, qrLabel, platform }: MirrorPanelProps): VNode {
  switch (shape.type) {
    case 'scan':
      return (
        <div class="panel">
          <QrCode text={shape.content} label={qrLabel} />
          <TrustNote mirror={mirror} />
        </div>
      );
    case 'foreign':
      return <ForeignQr content={shape.content} host={shape.host} />;
    case 'words':
      return <MirrorAdvice mirror={mirror} kind={shape.kind} platform={platform} />;
    case 'expired':
    case 'gone':
    case 'unreadable':
      return (
        <div class="panel">
          <div class="qr-place">
            <Glyph name={mood.glyph} />
          </div>
        </div>
      );
    default:
      return assertNever(shape);
  }
}

/** What the QR's address was compared with. */
function TrustNote({ mirror: { qr } }: { mirror: MirrorView }): VNode | null {
  const text = useText().mirror.trust;
  if (qr === undefined || !('content' in qr) || qr.trust === 'foreign') return null;
  const { trust, host = '' } = qr;
  if (trust === 'noHost') return <p class="trust tone-idle">{text.noHost}</p>;
  return (
    <p class="trust tone-ok">
      <Glyph name="check" />
      <span>{text[trust](host)}</span>
    </p>
  );
}
