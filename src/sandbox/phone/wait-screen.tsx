import type { ComponentChildren } from 'preact';
import { Icon } from './phone-icons.tsx';
import { Screen } from './screen.tsx';
import type { Texts } from './texts.ts';

/** While the user chooses, or the computer works. */
export function WaitScreen({
  texts,
  body,
  back,
  children,
  onRefuse,
}: {
  texts: Texts;
  body: string;
  back: string;
  children?: ComponentChildren;
  onRefuse: () => void;
}) {
  return (
    <Screen title={texts.signing.waitTitle} kind="signing-wait">
      <p class="computer">
        <Icon name="screen" />
      </p>
      <p class="wait-body" role="status">
        {body}
      </p>
      {children}
      <button type="button" class="link" onClick={onRefuse}>
        {back}
      </button>
    </Screen>
  );
}
