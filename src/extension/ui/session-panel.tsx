import type { VNode } from 'preact';
import { assertNever } from '../../lib/assert-never.ts';
import { BidPanel } from './bid/bid-panel.tsx';
import { ScanPanel, type ScanPanelProps } from './scan-panel.tsx';

/** The middle of a session's card. */
export function SessionPanel(props: ScanPanelProps): VNode | null {
  const { scene } = props.session;
  switch (scene) {
    case 'login':
    case 'messageSignature':
    case 'signature':
    case 'revokeSignature':
      return <ScanPanel {...props} />;
    case 'encrypt':
    case 'decrypt':
      return <BidPanel {...props} />;
    default:
      return assertNever(scene);
  }
}
