import type { VNode } from 'preact';
import type { MirrorView } from '../../protocol/mirror-view.ts';
import type { BackgroundClient } from '../ui/background-client.ts';
import { Glyph, type GlyphName } from '../ui/glyph.tsx';
import { OriginText } from '../ui/origin-text.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import type { MirrorText } from '../ui/text/mirror-text.ts';
import { useText } from '../ui/text/text-context.ts';
import { useCommand } from '../ui/use-command.ts';

interface FoundPromptsProps {
  readonly mirrors: readonly MirrorView[];
  readonly client: BackgroundClient;
  /** Nothing else waits: the first one is what the popup is about. */
  readonly isFirst: boolean;
}

/** What pages show that know nothing of the bridge, each with the way to its window. */
export function FoundPrompts({ mirrors, client, isFirst }: FoundPromptsProps): VNode | null {
  const text = useText().mirror;
  const { pending, problem, run } = useCommand(client);
  const found = mirrors.filter(({ state }) => state !== 'gone');
  if (found.length === 0) return null;
  return (
    <section class="card found">
      <h2>{text.popup.heading(found.length)}</h2>
      <ul>
        {found.map((mirror) => (
          <FoundOne
            key={mirror.id}
            mirror={mirror}
            prominent={isFirst && found.length === 1}
            busy={pending.some((command) => 'mirrorId' in command && command.mirrorId === mirror.id)}
            onOpen={() => run({ command: 'showMirror', mirrorId: mirror.id })}
          />
        ))}
      </ul>
      {problem !== undefined && <ProblemNotice code={problem} />}
    </section>
  );
}

interface FoundOneProps {
  readonly mirror: MirrorView;
  readonly prominent: boolean;
  readonly busy: boolean;
  readonly onOpen: () => void;
}

function FoundOne({ mirror, prominent, busy, onOpen }: FoundOneProps): VNode {
  const text = useText().mirror;
  const standing = standingOf(mirror);
  const { name, action } = wordsOf(mirror, standing, text);
  const button = mirror.kind === 'qr' ? text.popup.open : text.popup.help;
  return (
    <li class={`found-one ${looks[standing].tone}`}>
      <Glyph name={mirror.kind === 'qr' ? looks[standing].glyph : 'question'} />
      <div>
        <p class="finding-title">{name}</p>
        {prominent && <p>{action}</p>}
        <p class="muted">
          <OriginText origin={mirror.topOrigin} />
        </p>
        {(standing !== 'shown' || !prominent) && <p class="muted">{text.popup.stateOf[standing]}</p>}
      </div>
      <button
        type="button"
        class={`button ${prominent ? 'button-primary' : 'button-secondary'}`}
        aria-label={prominent ? undefined : text.popup.of(button, name, mirror.topOrigin)}
        aria-disabled={busy}
        onClick={() => {
          if (!busy) onOpen();
        }}
      >
        {button}
      </button>
    </li>
  );
}

type Standing = 'shown' | 'expired' | 'foreign';

const looks = {
  shown: { tone: 'tone-act', glyph: 'phone' },
  expired: { tone: 'tone-warn', glyph: 'clock' },
  foreign: { tone: 'tone-warn', glyph: 'warning' },
} as const satisfies Record<Standing, { tone: string; glyph: GlyphName }>;

function standingOf({ state, qr }: MirrorView): Standing {
  if (qr !== undefined && 'content' in qr && qr.trust === 'foreign') return 'foreign';
  return state === 'expired' ? 'expired' : 'shown';
}

/** Never named as what a QR of another site pretends to be. */
function wordsOf(
  { kind, scene }: MirrorView,
  standing: Standing,
  text: MirrorText,
): { readonly name: string; readonly action: string } {
  if (standing === 'foreign') return text.foreign;
  if (kind === 'qr') return text.scenes[scene];
  const { name, state } = text.kinds[kind];
  return { name: scene === 'unknown' ? name : text.scenes[scene].name, action: state.title };
}
