import type { LocalServices } from './local-services.ts';

export interface LocalServicesParts {
  /** Origins of sites on which it is turned on. */
  readonly sites: () => readonly string[];
  readonly onChange: () => void;
}

export function createLocalServices(_parts: LocalServicesParts): LocalServices {
  return { refresh: () => Promise.resolve(), uses: () => [] };
}
