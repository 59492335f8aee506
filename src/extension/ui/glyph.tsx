import type { VNode } from 'preact';

const paths = {
  check: 'M5 12.5l4.5 4.5L19 7.5',
  cross: 'M6.5 6.5l11 11M17.5 6.5l-11 11',
  warning: 'M12 4l9 16H3zM12 10v4.5M12 17.3v.2',
  clock: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17M12 7.5V12l3 2.2',
  phone:
    'M8 2.5h8a1.5 1.5 0 0 1 1.5 1.5v16a1.5 1.5 0 0 1-1.5 1.5H8A1.5 1.5 0 0 1 6.5 20V4A1.5 1.5 0 0 1 8 2.5M10.8 18.5h2.4',
  choose: 'M4 7h3M11 7h9M4 12h9M17 12h3M4 17h3M11 17h9M7 5v4M13 10v4M7 15v4',
  lock: 'M6.5 10.5h11v9h-11zM9 10.5V8a3 3 0 0 1 6 0v2.5',
  save: 'M12 4v10.5M7.5 10.5L12 15l4.5-4.5M5 19.5h14',
  key: 'M8.5 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12.5 12H21M18 12v3.5M15 12v2.5',
  dash: 'M6 12h12',
  question: 'M9 9.2a3 3 0 1 1 4.4 2.6c-.9.5-1.4 1.1-1.4 2.2M12 17.3v.2',
} as const;

export type GlyphName = keyof typeof paths | 'spinner';

/** A small picture beside words that say the same; hidden from screen readers. */
export function Glyph({ name }: { name: GlyphName }): VNode {
  return (
    <svg class={`glyph glyph-${name}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {name === 'spinner' ? (
        <>
          <circle cx="12" cy="12" r="8.5" opacity="0.3" />
          <path d="M12 3.5a8.5 8.5 0 0 1 8.5 8.5" />
        </>
      ) : (
        <path d={paths[name]} />
      )}
    </svg>
  );
}
