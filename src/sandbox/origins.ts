const site = 'http://127.0.0.1:28080';
const frontServer = 'http://127.0.0.1:28081';

/**
 * Where the sandbox lives. The QA build of the extension is told these; tests may map them to other ports with
 * the browser's resolver rules.
 */
export const sandboxOrigins = {
  site,
  frontServer,
  phone: 'http://127.0.0.1:28082',
  /** CA Bridge itself, which tests itself by signing samples. */
  extension: 'chrome-extension://gabbepjlbhfbhgjiojcfengklcakolhb',
  frontServers: {
    'zhongzhao-hulian': `${frontServer}/zhongzhao-hulian/relay/v1`,
    'yue-qi-qian': `${frontServer}/yue-qi-qian/relay/v1`,
  },
} as const;
