import { Fragment } from 'preact';
import { selfTestOrigin } from './self-test-origin.ts';
import type { Texts } from './texts.ts';

/** An origin in full; where it must wrap, it wraps after a dot, a slash or a colon. CA Bridge's own by its name. */
export function OriginText({ texts, origin }: { texts: Texts; origin: string }) {
  if (origin === selfTestOrigin) return <>{texts.selfTest}</>;
  return (
    <>
      {origin.split(/(?<=[.:/])(?=\w)/).map((part, index) => (
        <Fragment key={index}>
          {index > 0 && <wbr />}
          {part}
        </Fragment>
      ))}
    </>
  );
}

/** The same as plain text. */
export function originName(texts: Texts, origin: string): string {
  return origin === selfTestOrigin ? texts.selfTest : origin;
}
