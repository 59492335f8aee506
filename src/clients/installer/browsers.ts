/** Browsers that clients can be registered with. */
export const browserIds = ['chrome', 'edge', 'chromium'] as const;
export type BrowserId = (typeof browserIds)[number];

/** For the user who runs the installer, or for everybody on the machine. */
export const scopes = ['user', 'machine'] as const;
export type Scope = (typeof scopes)[number];

export interface Browser {
  readonly name: string;
  /** Linux: the user-data folder's name in the user's configuration folder. */
  readonly userFolder: string;
  /** Linux: folder of the machine's settings. */
  readonly machineFolder: string;
  /** Windows: key below HKCU or HKLM. */
  readonly registryKey: string;
}

/**
 * Where browsers look for native clients. Chrome and Chromium: developer.chrome.com/docs/extensions/develop/concepts/
 * native-messaging and Chromium's chrome/common/chrome_paths.cc; Edge: learn.microsoft.com/microsoft-edge/extensions/
 * developer-guide/native-messaging.
 */
export const browsers: Readonly<Record<BrowserId, Browser>> = {
  chrome: {
    name: 'Google Chrome',
    userFolder: 'google-chrome',
    machineFolder: '/etc/opt/chrome',
    registryKey: 'Software\\Google\\Chrome',
  },
  edge: {
    name: 'Microsoft Edge',
    userFolder: 'microsoft-edge',
    machineFolder: '/etc/opt/edge',
    registryKey: 'Software\\Microsoft\\Edge',
  },
  chromium: {
    name: 'Chromium',
    userFolder: 'chromium',
    machineFolder: '/etc/chromium',
    registryKey: 'Software\\Chromium',
  },
};
