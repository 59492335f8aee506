import type { VNode } from 'preact';
import type { SessionState } from '../../protocol/session-states.ts';
import type { SessionView } from '../../protocol/ui-messages.ts';
import { Countdown } from './countdown.tsx';
import { Glyph } from './glyph.tsx';
import { KeyPanel } from './key-panel.tsx';
import { MatchingNumber } from './matching-number.tsx';
import { ProgressBar } from './progress-bar.tsx';
import { ProgressSteps } from './progress-steps.tsx';
import { QrCode } from './qr-code.tsx';
import { scannableQr } from './scannable-qr.ts';
import { stateMoods, type SceneLook } from './scenes/scene-look.ts';
import { useText } from './text/text-context.ts';

export interface ScanPanelProps {
  readonly session: SessionView;
  readonly look: SceneLook;
  readonly qrLabel: string;
  /** Driver `local`: the key that was pressed, and what a press does. */
  readonly chosenKey: string | undefined;
  readonly onChooseKey: (key: string) => void;
}

/** States of driver `local` in which a vendor's service is at work, where others show QR and number. */
const ofService: ReadonlySet<SessionState> = new Set<SessionState>([
  'preparing',
  'awaitingScan',
  'scanned',
  'signing',
  'expired',
]);

/**
 * The middle of the card: the QR while it may be scanned, its place while it may not, the matching number alone
 * once it was scanned, then the steps to the end. Nothing where words are all there is to say.
 */
export function ScanPanel(props: ScanPanelProps): VNode | null {
  const { session, look, qrLabel, chosenKey, onChooseKey } = props;
  const { state } = session;
  const scannable = scannableQr(session);
  const text = useText().documents;
  if (session.driver === 'local' && ofService.has(state)) {
    return <KeyPanel session={session} chosen={chosenKey} onChoose={onChooseKey} />;
  }
  switch (state) {
    case 'awaitingConsent':
    case 'arranging':
    case 'cancelled':
    case 'failed':
      return null;
    case 'confirmed':
    case 'completing':
    case 'succeeded':
      return <ProgressSteps state={state} steps={look.steps} />;
    case 'requested':
      if (session.progress !== undefined) {
        return <ProgressBar progress={session.progress} label={look.state.title} say={text.reading} />;
      }
      return (
        <div class="panel">
          <QrPlace state={state} />
        </div>
      );
    case 'scanned':
    case 'signing':
      return (
        <div class="panel panel-number">
          {session.matchingNumber === undefined && <Glyph name="phone" />}
          <NumberAndTime session={session} large />
        </div>
      );
    default:
      return (
        <div class="panel">
          {scannable === undefined ? <QrPlace state={state} /> : <QrCode text={scannable} label={qrLabel} />}
          {state === 'awaitingScan' && <NumberAndTime session={session} />}
        </div>
      );
  }
}

function QrPlace({ state }: { state: SessionState }): VNode {
  return (
    <div class="qr-place">
      <Glyph name={stateMoods[state].glyph} />
    </div>
  );
}

function NumberAndTime({ session, large = false }: { session: SessionView; large?: boolean }): VNode {
  const { matchingNumber, expiresAt } = session;
  const countdown = expiresAt !== undefined && <Countdown expiresAt={expiresAt} />;
  if (matchingNumber === undefined) return <>{countdown}</>;
  return (
    <MatchingNumber digits={matchingNumber} large={large}>
      {countdown}
    </MatchingNumber>
  );
}
