import type { VNode } from 'preact';
import type { MirrorView } from '../../protocol/mirror-view.ts';
import { Button } from '../ui/button.tsx';
import { openPage } from '../ui/open-page.ts';
import { useText } from '../ui/text/text-context.ts';
import { needs } from './certificate-standing.ts';
import type { NamedPlatform } from './use-platforms.ts';

type WordsKind = Exclude<MirrorView['kind'], 'qr'>;

interface MirrorAdviceProps {
  readonly mirror: MirrorView;
  readonly kind: WordsKind;
  /** Where the page names it. */
  readonly platform: NamedPlatform | undefined;
}

/** What to do about a page that wants a key, a driver or another browser. */
export function MirrorAdvice({ mirror, kind, platform }: MirrorAdviceProps): VNode {
  const text = useText().mirror;
  const client = needs[mirror.scene]?.client;
  const showsCauses = kind !== 'browserUnsupported';
  return (
    <div class="advice">
      <ol class="advice-steps">
        {text.kinds[kind].steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      {showsCauses && (
        <>
          {platform?.hasDriver === true && <p class="advice-need">{text.causes.driverOf(platform.name)}</p>}
          {client !== undefined && <p class="advice-need">{text.causes.client[client]}</p>}
          <h2>{text.causes.heading}</h2>
          <ul class="causes">
            {(['notInstalled', 'notRunning', 'blocked'] as const).map((cause) => (
              <li key={cause}>
                <strong>{text.causes[cause].title}</strong>
                <p>{text.causes[cause].next}</p>
              </li>
            ))}
          </ul>
        </>
      )}
      <div class="actions">
        <Button onPress={() => void openPage('directory')}>{text.toDirectory}</Button>
        {showsCauses && <Button onPress={() => void openPage('options')}>{text.toOptions}</Button>}
      </div>
    </div>
  );
}
