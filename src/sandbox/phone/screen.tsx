import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** One screen of the app: its heading takes the focus, so that a screen reader says where one is. */
export function Screen({
  title,
  kind,
  children,
}: {
  title: string;
  kind: string;
  children: ComponentChildren;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <main class={`screen ${kind}`}>
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {children}
    </main>
  );
}
