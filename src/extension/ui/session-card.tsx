import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { isEndState } from '../../protocol/session-states.ts';
import type { SessionView, UiCommand } from '../../protocol/ui-messages.ts';
import type { BackgroundClient } from './background-client.ts';
import { BidNotices } from './bid/bid-notices.tsx';
import { Button } from './button.tsx';
import { DocumentList } from './document-list.tsx';
import { EnlargedQr } from './enlarged-qr.tsx';
import { FailureHelp } from './failure-help.tsx';
import { PlatformChoice } from './platform-choice.tsx';
import { ProblemNotice } from './problem-notice.tsx';
import { RequestHeader } from './request-header.tsx';
import { scannableQr } from './scannable-qr.ts';
import { SessionPanel } from './session-panel.tsx';
import { SiteDriverNote } from './site-driver-note.tsx';
import { SignerLine } from './signer-line.tsx';
import { StatusLine } from './status-line.tsx';
import { useCommand } from './use-command.ts';
import { useFocusKeeper } from './use-focus-keeper.ts';
import { usePlatformName } from './use-platform.ts';
import { useSceneLook } from './scenes/use-scene-look.ts';
import { useText } from './text/text-context.ts';

interface SessionCardProps {
  readonly session: SessionView;
  readonly client: BackgroundClient;
  /** Offered as a button once the session has ended. */
  readonly onClose: () => void;
  /** Stands where the QR stood, while the user has something else to do. */
  readonly tools?: ComponentChildren;
  /** The session's main button, before the others. */
  readonly primary?: ComponentChildren;
}

/** One session: who asks for what, where it stands, and all that the user can do. */
export function SessionCard({ session, client, onClose, tools, primary }: SessionCardProps): VNode {
  const text = useText();
  const headingId = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  const statusTitle = useRef<HTMLElement>(null);
  const { pending, problem, run } = useCommand(client);
  const [enlarged, setEnlarged] = useState(false);
  const platform = usePlatformName(session) ?? text.platform.unchosen;
  const scannable = scannableQr(session);
  const look = useSceneLook(session);
  const qrLabel = text.qr.name(look.name, platform);
  const ended = isEndState(session.state);
  const sessionId = session.id;
  const isPending = (name: UiCommand['command']): boolean => pending.some(({ command }) => command === name);

  useFocusKeeper({ heading, status: statusTitle, sessionId, state: session.state });
  useEffect(() => {
    if (scannable === undefined) setEnlarged(false);
  }, [scannable]);

  return (
    <article
      class="card"
      aria-labelledby={headingId}
      data-session={sessionId}
      data-scene={session.scene}
      data-state={session.state}
    >
      <div class="card-words">
        <RequestHeader origin={session.origin} look={look} headingId={headingId} headingRef={heading} />
        <PlatformChoice
          session={session}
          chosen={pending.findLast((command) => command.command === 'choosePlatform')?.platform}
          onChoose={(chosen) => run({ command: 'choosePlatform', sessionId, platform: chosen })}
        />
        {session.signer !== undefined && <SignerLine signer={session.signer} label={look.signer} />}
        <BidNotices session={session} />
        <StatusLine look={look} titleRef={statusTitle} />
        <SiteDriverNote session={session} />
        {(session.state === 'failed' || session.error !== undefined) && <FailureHelp session={session} />}
        {look.documents !== undefined && (
          <DocumentList
            documents={session.documents}
            heading={look.documents.heading}
            folded={look.documents.folded || tools !== undefined}
          />
        )}
      </div>
      {tools ?? (
        <SessionPanel
          session={session}
          look={look}
          qrLabel={qrLabel}
          chosenKey={pending.findLast((command) => command.command === 'chooseKey')?.key}
          onChooseKey={(key) => run({ command: 'chooseKey', sessionId, key })}
        />
      )}
      <div class="card-foot">
        {problem !== undefined && <ProblemNotice code={problem} />}
        <div class="actions">
          {primary}
          {session.canRenew && (
            <Button
              kind={session.state === 'expired' ? 'primary' : 'secondary'}
              busy={isPending('renewSession')}
              onPress={() => run({ command: 'renewSession', sessionId })}
            >
              {session.driver === 'local' ? text.drivers.local.again : text.qr.renew}
            </Button>
          )}
          {scannable !== undefined && <Button onPress={() => setEnlarged(true)}>{text.qr.enlarge}</Button>}
          {session.canCancel && (
            <Button
              busy={isPending('cancelSession')}
              onPress={() => run({ command: 'cancelSession', sessionId })}
            >
              {text.cancel}
            </Button>
          )}
          {ended && (
            <Button kind="primary" onPress={onClose}>
              {text.close}
            </Button>
          )}
        </div>
      </div>
      {enlarged && scannable !== undefined && (
        <EnlargedQr
          content={scannable}
          label={qrLabel}
          matchingNumber={session.matchingNumber}
          onClose={() => setEnlarged(false)}
        />
      )}
    </article>
  );
}
