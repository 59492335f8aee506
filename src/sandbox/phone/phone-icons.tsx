const paths = {
  scan: 'M4 9V6a2 2 0 0 1 2-2h3m6 0h3a2 2 0 0 1 2 2v3m0 6v3a2 2 0 0 1-2 2h-3m-6 0H6a2 2 0 0 1-2-2v-3M4 12h16',
  image:
    'M4 6a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2ZM5 18l5-6 4 4 2-2 4 4M15.5 9h.01',
  screen: 'M3 6a1 1 0 0 1 1-1h16a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1ZM9 21h6m-3-4v4',
  good: 'm5 12.5 4.5 4.5L19 7.5',
  bad: 'M7 7l10 10M17 7 7 17',
  warning:
    'M12 8v5m0 3.5v.01M10.6 4.4 3.2 17.5A1.6 1.6 0 0 0 4.6 20h14.8a1.6 1.6 0 0 0 1.4-2.5L13.4 4.4a1.6 1.6 0 0 0-2.8 0Z',
  shield: 'M12 3l8 3v5c0 5-3.4 8.4-8 10-4.6-1.6-8-5-8-10V6Zm-3.5 9 2.5 2.5 4.5-5',
  delete: 'M9 6h11v12H9l-6-6Zm3.5 3.5 5 5m0-5-5 5',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
