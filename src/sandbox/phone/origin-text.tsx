import { Fragment } from 'preact';

/** An origin in full; where it must wrap, it wraps after a dot, a slash or a colon. */
export function OriginText({ origin }: { origin: string }) {
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
