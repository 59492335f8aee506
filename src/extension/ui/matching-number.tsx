import type { ComponentChildren, VNode } from 'preact';
import { useText } from './text/text-context.ts';

interface MatchingNumberProps {
  readonly digits: string;
  /** Stands alone: big, and says what to do when the phone shows another. */
  readonly large?: boolean;
  readonly children?: ComponentChildren;
}

/** The two digits that the phone shows too: the user's check that both screens belong to one request. */
export function MatchingNumber({ digits, large = false, children }: MatchingNumberProps): VNode {
  const text = useText().matching;
  const each = digits.split('');
  return (
    <div class={large ? 'matching matching-large' : 'matching'}>
      <p>
        <span class="visually-hidden">{`${text.label} ${each.join(' ')}`}</span>
        <span class="matching-tiles" aria-hidden="true">
          {each.map((digit, index) => (
            <span key={index}>{digit}</span>
          ))}
        </span>
      </p>
      <div class="matching-words">
        <p>{text.explanation}</p>
        {large && <p class="matching-warning">{text.warning}</p>}
        {children}
      </div>
    </div>
  );
}
