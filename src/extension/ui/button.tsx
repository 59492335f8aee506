import type { ComponentChildren, VNode } from 'preact';

interface ButtonProps {
  readonly children: ComponentChildren;
  readonly onPress: () => void;
  readonly kind?: 'primary' | 'secondary' | 'quiet';
  /** Its command is under way: presses do nothing, focus stays. */
  readonly busy?: boolean;
}

/** A native button. While busy it is not `disabled`, for that would throw the keyboard's focus away. */
export function Button({ children, onPress, kind = 'secondary', busy = false }: ButtonProps): VNode {
  return (
    <button
      type="button"
      class={`button button-${kind}`}
      aria-disabled={busy}
      onClick={() => {
        if (!busy) onPress();
      }}
    >
      {children}
    </button>
  );
}
