import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { MirrorView } from '../../protocol/mirror-view.ts';
import type { BackgroundClient } from '../ui/background-client.ts';
import { OpeningTime } from '../ui/bid/opening-time.tsx';
import { Button } from '../ui/button.tsx';
import { EnlargedQr } from '../ui/enlarged-qr.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { StatusLine } from '../ui/status-line.tsx';
import { useText } from '../ui/text/text-context.ts';
import { useCommand } from '../ui/use-command.ts';
import { useFocusKeeper } from '../ui/use-focus-keeper.ts';
import { mirrorShape, type MirrorLook } from './mirror-look.ts';
import type { NamedPlatform } from './use-platforms.ts';
import { MirrorHeader } from './mirror-header.tsx';
import { MirrorPanel } from './mirror-panel.tsx';
import { NextSteps } from './next-steps.tsx';
import { QuotedWords } from './quoted-words.tsx';

export interface MirrorCardProps {
  readonly mirror: MirrorView;
  readonly client: BackgroundClient;
  readonly look: MirrorLook;
  /** Of its app, where the page names it. */
  readonly platform: NamedPlatform | undefined;
  readonly close: () => void;
  /** What is wrong on this computer, above the QR. */
  readonly children?: ComponentChildren;
}

/** One found prompt: whose page, what for, the QR, and what comes next. */
export function MirrorCard(props: MirrorCardProps): VNode {
  const { mirror, client, look, platform, close, children } = props;
  const text = useText();
  const headingId = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  const statusTitle = useRef<HTMLElement>(null);
  const { pending, problem, run } = useCommand(client);
  const [enlarged, setEnlarged] = useState(false);
  const shape = mirrorShape(mirror);
  const content = shape.type === 'scan' ? shape.content : undefined;
  const app = platform === undefined ? text.mirror.anyApp : text.mirror.appOf(platform.name);
  const qrLabel = text.mirror.qrName(look.name, app);
  useFocusKeeper({ heading, status: statusTitle, sessionId: mirror.id, state: shape.type });
  useEffect(() => {
    if (content === undefined) setEnlarged(false);
  }, [content]);
  return (
    <article
      class="card"
      aria-labelledby={headingId}
      data-mirror={mirror.id}
      data-scene={mirror.scene}
      data-shape={shape.type}
    >
      <div class="card-words">
        <MirrorHeader mirror={mirror} look={look} headingId={headingId} headingRef={heading} />
        {shape.type !== 'foreign' && (
          <p class="platform-fixed">
            <span class="label">{mirror.kind === 'qr' ? text.mirror.app : text.mirror.issuer}</span>{' '}
            {platform === undefined ? <span>{text.mirror.appUnsaid}</span> : <strong>{platform.name}</strong>}
          </p>
        )}
        {mirror.openingTime !== undefined && <OpeningTime at={mirror.openingTime} />}
        {children}
        <StatusLine look={look} titleRef={statusTitle} />
      </div>
      <MirrorPanel mirror={mirror} shape={shape} mood={look.mood} qrLabel={qrLabel} platform={platform} />
      <div class="card-foot">
        {shape.type === 'scan' && <NextSteps scene={mirror.scene} />}
        <QuotedWords words={mirror.words} folded={shape.type !== 'words'} />
        {problem !== undefined && <ProblemNotice code={problem} />}
        <div class="actions">
          {content !== undefined && <Button onPress={() => setEnlarged(true)}>{text.qr.enlarge}</Button>}
          {shape.type !== 'gone' && (
            <Button
              kind={shape.type === 'scan' || shape.type === 'foreign' ? 'secondary' : 'primary'}
              busy={pending.length > 0}
              onPress={() => run({ command: 'showMirrorTab', mirrorId: mirror.id })}
            >
              {text.mirror.toPage}
            </Button>
          )}
          <Button onPress={close}>{text.close}</Button>
        </div>
        <p class="muted">{text.mirror.handsOff}</p>
      </div>
      {enlarged && content !== undefined && (
        <EnlargedQr
          content={content}
          label={qrLabel}
          matchingNumber={undefined}
          onClose={() => setEnlarged(false)}
        />
      )}
    </article>
  );
}
