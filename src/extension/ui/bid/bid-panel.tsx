import type { VNode } from 'preact';
import { ProgressBar } from '../progress-bar.tsx';
import { ProgressSteps } from '../progress-steps.tsx';
import { ScanPanel, type ScanPanelProps } from '../scan-panel.tsx';
import { useText } from '../text/text-context.ts';
import { BidFileList } from './bid-file-list.tsx';
import { BidOutcome } from './bid-outcome.tsx';

/** The middle of a card that encrypts or decrypts: the code, then what becomes of each file, then what to keep. */
export function BidPanel(props: ScanPanelProps): VNode | null {
  const { session, look } = props;
  const { state, scene, progress, bid } = session;
  const words = useText().bid.progress;
  const files = scene === 'decrypt' && bid !== undefined && <BidFileList session={session} />;
  switch (state) {
    case 'signing':
      return (
        <div class="bid">
          <ScanPanel {...props} />
          {files}
        </div>
      );
    case 'confirmed':
      return (
        <div class="bid">
          <ProgressSteps state={state} steps={look.steps} />
          {progress !== undefined && (
            <ProgressBar
              progress={progress}
              label={look.state.title}
              say={scene === 'encrypt' ? words.encrypting : words.opening}
            />
          )}
          {files}
        </div>
      );
    case 'succeeded':
    case 'failed':
    case 'cancelled':
      return <BidOutcome session={session} />;
    default:
      return <ScanPanel {...props} />;
  }
}
