import type { VNode } from 'preact';
import type { QrTrust } from '../../protocol/mirror-view.ts';
import type { SessionState } from '../../protocol/session-states.ts';
import type { SessionView } from '../../protocol/ui-messages.ts';
import { Glyph, type GlyphName } from './glyph.tsx';
import { useText } from './text/text-context.ts';

const looks = {
  platform: { tone: 'tone-ok', glyph: 'check' },
  site: { tone: 'tone-ok', glyph: 'check' },
  noHost: { tone: 'tone-idle', glyph: 'question' },
  foreign: { tone: 'tone-bad', glyph: 'warning' },
} as const satisfies Record<QrTrust, { tone: string; glyph: GlyphName }>;

/** While the phone has something to do. */
const shownIn: ReadonlySet<SessionState> = new Set<SessionState>(['awaitingScan', 'scanned', 'signing']);

/** Driver `site`: that the site runs the scan itself, and what its QR was compared with. */
export function SiteDriverNote({ session }: { session: SessionView }): VNode | null {
  const text = useText().drivers.site;
  const { driver, state, qrTrust } = session;
  if (driver !== 'site' || !shownIn.has(state)) return null;
  return (
    <div class="driver-note">
      {qrTrust !== undefined && state === 'awaitingScan' && (
        <p class={`trust ${looks[qrTrust].tone}`}>
          <Glyph name={looks[qrTrust].glyph} />
          <span>{text.trust[qrTrust]}</span>
        </p>
      )}
      <p class="muted">{text.runsItself}</p>
    </div>
  );
}
