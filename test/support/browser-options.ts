import type { BrowserSurroundings } from './browser-arguments.ts';

export interface BrowserOptions extends BrowserSurroundings {
  /** Folder of the unpacked extension; without it the browser has none. */
  readonly extensionFolder?: string | undefined;
  /** Folder of the built clients, to be registered in the profile; without it they are not found. */
  readonly clientsFolder?: string | undefined;
  /** How the extension gets in: `--load-extension` or the protocol; what the browser allows unless told otherwise. */
  readonly loading?: 'argument' | 'protocol' | undefined;
  /** Closes the browser when it aborts. */
  readonly signal?: AbortSignal | undefined;
}
