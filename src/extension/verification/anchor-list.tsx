import type { VNode } from 'preact';
import { DigestText } from '../ui/digest-text.tsx';
import { Glyph } from '../ui/glyph.tsx';
import { useText } from '../ui/text/text-context.ts';
import { useDateText } from '../ui/use-date-text.ts';
import { FileButton } from '../ui/file-button.tsx';
import type { AnchorProblem, TrustAnchors } from './use-trust-anchors.ts';

/** The user's own roots: list, removal, and what it means to add one. */
export function AnchorList({ trust }: { trust: TrustAnchors }): VNode {
  const text = useText().verification.anchors;
  const date = useDateText();
  const anchors = trust.anchors ?? [];
  return (
    <section class="card anchors">
      <h2>{text.heading}</h2>
      <p class="label">{text.explanation}</p>
      {anchors.length === 0 ? (
        <p class="muted">{text.none}</p>
      ) : (
        <ul>
          {anchors.map((anchor) => (
            <li key={anchor.certificate} class="anchor">
              <div>
                <p>
                  <strong>{anchor.subject}</strong>
                </p>
                <p class="label">{`${date.day(anchor.notBefore)} – ${date.day(anchor.notAfter)}`}</p>
                <DigestText label={text.digest} digest={anchor.fingerprint} />
              </div>
              <button
                type="button"
                class="tool"
                aria-label={text.remove(anchor.subject)}
                onClick={() => void trust.remove(anchor)}
              >
                <Glyph name="cross" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <div class="notice tone-warn">
        <Glyph name="warning" />
        <p>{text.warning}</p>
      </div>
      <div class="actions">
        <FileButton
          label={text.add}
          accept=".pem,.crt,.cer,.der"
          multiple
          onFiles={(files) => void trust.add(files)}
        />
      </div>
      <div role="status">
        {trust.problems.map((problem, index) => (
          <p key={index}>{wordsOf(problem, text)}</p>
        ))}
      </div>
    </section>
  );
}

function wordsOf(
  problem: AnchorProblem,
  text: ReturnType<typeof useText>['verification']['anchors'],
): string {
  return problem.kind === 'unreadable' ? text.unreadable(problem.name) : text[problem.kind];
}
