import type { VNode } from 'preact';
import { useId } from 'preact/hooks';
import type { SessionView } from '../../protocol/ui-messages.ts';
import { Glyph } from './glyph.tsx';
import { useText } from './text/text-context.ts';

interface KeyPanelProps {
  readonly session: SessionView;
  /** Chosen a moment ago, not yet confirmed by the background. */
  readonly chosen: string | undefined;
  readonly onChoose: (key: string) => void;
}

/** Driver `local`, where others show a QR: the keys to choose from, or where to look for the PIN window. */
export function KeyPanel({ session, chosen, onChoose }: KeyPanelProps): VNode {
  const { drivers } = useText();
  const { keys, pinWindow, state, scene } = session;
  const text = drivers.local;
  const headingId = useId();
  const needsEncryption = scene === 'encrypt' || scene === 'decrypt';
  if (pinWindow === true) {
    return (
      <div class="panel panel-number" role="alert">
        <div class="pin-window tone-act">
          <Glyph name="lock" />
          <div>
            <p class="notice-title">{text.pinWindow.title}</p>
            <p>{text.pinWindow.next}</p>
          </div>
        </div>
      </div>
    );
  }
  if (state !== 'awaitingScan' || keys === undefined) {
    return (
      <div class="panel">
        <div class="qr-place key-place">
          <Glyph name={state === 'expired' ? 'clock' : 'spinner'} />
        </div>
      </div>
    );
  }
  return (
    <section class="panel keys" aria-labelledby={headingId}>
      <h2 id={headingId}>{text.keys}</h2>
      <ul>
        {keys.map((key) => {
          const unfit = needsEncryption && key.encryptionCertificate === undefined;
          return (
            <li key={key.id}>
              <button
                type="button"
                class="key-option"
                aria-pressed={chosen === key.id}
                aria-disabled={unfit || chosen !== undefined}
                onClick={() => {
                  if (!unfit && chosen === undefined) onChoose(key.id);
                }}
              >
                <Glyph name={chosen === key.id ? 'spinner' : 'key'} />
                <span>
                  <strong>{key.name}</strong>
                  {unfit && <span class="label">{text.noEncryption}</span>}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
