/** What a test may say about the browser's surroundings. */
export interface BrowserSurroundings {
  /** Rules of `--host-resolver-rules`, as `MAP ggzy.zhanjiang.gov.cn 127.0.0.1:8443`; the first that fits counts. */
  readonly resolverRules?: readonly string[] | undefined;
  /** `address:port` of servers on loopback that the browser shall take for public ones. */
  readonly publicAddresses?: readonly string[] | undefined;
  /** `spkiHash` of certificates that the browser shall trust. */
  readonly trustedKeys?: readonly string[] | undefined;
  /** Language of the browser; zh-CN unless told otherwise. */
  readonly locale?: 'zh-CN' | 'en' | undefined;
  /** Without a window; true unless told otherwise. */
  readonly headless?: boolean | undefined;
}

/** Names beyond loopback do not resolve: no test reaches the network. */
const loopbackOnly = ['MAP 127.0.0.1 127.0.0.1', 'MAP localhost 127.0.0.1', 'MAP * ~NOTFOUND'];

/** Playwright's arguments by which its browser would behave otherwise than a user's. */
export const unwantedDefaults = [
  '--disable-extensions',
  '--disable-popup-blocking',
  '--disable-back-forward-cache',
];

/** The command line for a browser in these surroundings. */
export function browserArguments(surroundings: BrowserSurroundings): string[] {
  const { resolverRules = [], publicAddresses = [], trustedKeys = [] } = surroundings;
  const { locale = 'zh-CN', headless = true } = surroundings;
  return [
    ...(headless
      ? ['--headless=new', '--disable-gpu', '--screen-info={1440x1000}', '--window-size=1280,860']
      : []),
    '--disable-quic',
    `--lang=${locale}`,
    `--host-resolver-rules=${[...resolverRules, ...loopbackOnly].join(',')}`,
    ...listArgument(
      '--ip-address-space-overrides',
      publicAddresses.map((address) => `${address}=public`),
    ),
    ...listArgument('--ignore-certificate-errors-spki-list', trustedKeys),
  ];
}

function listArgument(name: string, values: readonly string[]): string[] {
  return values.length === 0 ? [] : [`${name}=${values.join(',')}`];
}

/** On Linux the browser takes its language from the environment. */
export function browserEnvironment({ locale = 'zh-CN' }: BrowserSurroundings): Record<string, string> {
  const language = locale === 'zh-CN' ? 'zh_CN' : 'en_US';
  const inherited = Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return { ...Object.fromEntries(inherited), LANGUAGE: language, LC_ALL: `${language}.UTF-8` };
}
