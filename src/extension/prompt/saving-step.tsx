import type { VNode } from 'preact';
import { useId } from 'preact/hooks';
import type { ErrorCode } from '../../protocol/error-codes.ts';
import type { Scene } from '../../protocol/scenes.ts';
import { exactSize, roundedSize } from '../ui/format-size.ts';
import { Glyph } from '../ui/glyph.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { useText } from '../ui/text/text-context.ts';
import type { OutputFile } from './use-session-outputs.ts';

interface SavingStepProps {
  readonly scene: Scene;
  readonly files: readonly OutputFile[] | undefined;
  readonly problem: ErrorCode | undefined;
  /** Indexes of files that the user pressed. */
  readonly saved: ReadonlySet<number>;
  readonly onSave: (index: number) => void;
  /** The session has ended: what did not get saved is offered once more. */
  readonly again: boolean;
}

/** The written files, each with the link that saves it. */
export function SavingStep({ scene, files, problem, saved, onSave, again }: SavingStepProps): VNode {
  const { bid, documents } = useText();
  const text = bid.saving;
  const headingId = useId();
  if (files === undefined) {
    return problem === undefined ? (
      <p class="connecting">{text.fetching}</p>
    ) : (
      <ProblemNotice code={problem} />
    );
  }
  const unsaved = files.length - saved.size;
  return (
    <section class="bid-group" aria-labelledby={headingId}>
      <h2 id={headingId}>{text.heading(files.length)}</h2>
      <ul class="outputs">
        {files.map(({ name, size, address }, index) => (
          <li key={index} data-saved={saved.has(index)}>
            <p>
              <strong class="document-name">{name}</strong>{' '}
              <span class="label">{documents.size(roundedSize(size), exactSize(size))}</span>
              {saved.has(index) && (
                <span class="output-given tone-ok">
                  <Glyph name="check" />
                  {text.given}
                </span>
              )}
            </p>
            <a
              class={`button ${files.length === 1 && !saved.has(index) ? 'button-primary' : ''}`}
              href={address}
              download={name}
              aria-label={`${saved.has(index) ? text.saveAgain : text.save} ${name}`}
              onClick={() => onSave(index)}
            >
              {saved.has(index) ? text.saveAgain : text.save}
            </a>
          </li>
        ))}
      </ul>
      {again ? (
        <p class="muted">{text.again}</p>
      ) : (
        <>
          <p class="muted">{text.where}</p>
          {scene === 'decrypt' && <p class="muted">{text.plaintext}</p>}
          {unsaved > 0 && <p class="outputs-unsaved">{text.unsaved(unsaved)}</p>}
        </>
      )}
    </section>
  );
}
