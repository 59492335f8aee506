import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import { pageLimits } from '../../protocol/page-limits.ts';
import type { MirrorView } from '../../protocol/mirror-view.ts';
import type { PlatformId } from '../../protocol/platform-ids.ts';
import type { BackgroundClient } from '../ui/background-client.ts';
import { Glyph } from '../ui/glyph.tsx';
import { useText } from '../ui/text/text-context.ts';
import { BehaviourChoice } from './behaviour-choice.tsx';
import { needs } from './certificate-standing.ts';
import { MirrorCard, type MirrorCardProps } from './mirror-card.tsx';
import { mirrorLook } from './mirror-look.ts';
import { ReadinessStrip } from './readiness-strip.tsx';
import { usePlatforms } from './use-platforms.ts';
import { useReadiness } from './use-readiness.ts';

interface FoundPromptProps {
  readonly mirror: MirrorView;
  readonly client: BackgroundClient;
  readonly close: () => void;
}

/** A found prompt with all that belongs to it; closes soon after the page has moved on. */
export function FoundPrompt({ mirror, client, close }: FoundPromptProps): VNode {
  const { mirror: text, product } = useText();
  const platformOf = usePlatforms(client);
  const platform = mirror.platform && platformOf(mirror.platform);
  const app = platform === undefined ? text.anyApp : text.appOf(platform.name);
  const look = mirrorLook(mirror, text, app);
  const isGone = mirror.state === 'gone';
  const wantsProgram = mirror.kind === 'keyWanted' || mirror.kind === 'driverMissing';
  const checks = !isGone && (needs[mirror.scene] !== undefined || wantsProgram);
  useEffect(() => {
    document.title = `${look.state.title} – ${product}`;
  }, [look.state.title, product]);
  useEffect(() => {
    if (!isGone) return undefined;
    const timer = setTimeout(close, pageLimits.promptGone);
    return () => clearTimeout(timer);
  }, [isGone, close]);
  const card = { mirror, client, look, platform, close };
  return (
    <>
      {checks ? <CheckedPrompt {...card} nameOf={(id) => platformOf(id).name} /> : <MirrorCard {...card} />}
      {!isGone && (
        <BehaviourChoice
          key={mirror.topOrigin}
          client={client}
          site={mirror.topOrigin}
          asks={mirror.asksBehaviour}
        />
      )}
    </>
  );
}

/** What is wrong on this computer stands above the QR, all that was checked below. */
function CheckedPrompt({ nameOf, ...card }: MirrorCardProps & { nameOf: (id: PlatformId) => string }): VNode {
  const readiness = useReadiness(card.client, card.mirror);
  const { problem } = readiness;
  return (
    <>
      <MirrorCard {...card}>
        {problem !== undefined && (
          <div class="notice tone-warn" role="alert">
            <Glyph name="warning" />
            <div>
              <p class="notice-title">{problem.title}</p>
              <p>{problem.next}</p>
            </div>
          </div>
        )}
      </MirrorCard>
      <ReadinessStrip mirror={card.mirror} readiness={readiness} nameOf={nameOf} />
    </>
  );
}
