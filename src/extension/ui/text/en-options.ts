import type { OptionsText } from './options-text.ts';

export const enOptions: OptionsText = {
  title: 'Options',
  intro: 'These are kept in this computer’s browser alone.',
  locked: 'Set by the administrator',
  saved: 'Saved',
  sites: {
    heading: 'Sites',
    explanation: 'CA Bridge works on these sites alone, and sees nothing of any other.',
    none: 'There is no site yet.',
    sources: { build: 'built in', policy: 'listed by the administrator', user: 'added by you' },
    permitted: 'permitted by the browser',
    notPermitted: 'not permitted by the browser yet: does not work',
    permit: 'Allow',
    permitOf: (site) => `Allow ${site}`,
    revoke: 'Take back',
    revokeOf: (site) => `Take back the permission for ${site}`,
    revoked: (site) => `The permission for ${site} was taken back.`,
    onPrompt: 'When a prompt is found',
    onPromptOf: (site) => `When a prompt is found on ${site}`,
    notAsked: 'Ask the first time',
    add: 'Add site',
    addLabel: 'Address of the trading system',
    addHint: 'For example https://ggzy.zhanjiang.gov.cn; the address of its login page will do.',
    addWarning:
      'Add only the trading system’s own address. If it came from a message, a chat or an advertisement, verify it first.',
    invalid: 'Only addresses that begin with https:// can be added.',
    known: 'This site is in the list already.',
    granted: (site) => `${site} was added. Reload its page.`,
    declined: 'Not added: the browser’s question was not answered with “allow”.',
  },
  behaviours: { open: 'Open the scan window', badge: 'Only mark the icon', off: 'Do not look' },
  platform: {
    heading: 'Default certificate platform',
    explanation: 'Taken where the site names none. You can still choose another one in the window.',
    none: 'None, choose each time',
  },
  language: { heading: 'Language', auto: 'As the browser' },
  history: {
    heading: 'How long receipts are kept',
    explanation:
      'A receipt records the digests of encrypted files and the certificates used, to be compared if there is doubt at the opening. Older ones are deleted.',
    keep: {
      days0: 'For good',
      days30: '30 days',
      days90: '90 days',
      days365: '1 year',
      days1825: '5 years',
    },
  },
  localService: {
    heading: 'Local-service bridge',
    explanation:
      'Some pages talk to the certificate driver on this computer. Newer browsers block that, and the page says that it finds no driver. With the bridge on, CA Bridge’s client carries these calls.',
    why: 'Turn it on only for sites that need it. The toolbar popup shows when it is in use.',
    limits:
      'Exactly these addresses are carried; the page’s calls to any other stay as they are. The PIN is typed into the driver’s own window alone.',
    addresses: 'Addresses that are carried',
    sites: 'On for these sites',
    none: 'There is no site to turn it on for; add one above first.',
    reload: 'Saved. Reload the site’s page.',
  },
  transfer: {
    heading: 'Export and import',
    explanation:
      'The file holds no certificates, PINs or receipts. What the administrator set stays as it is on import, and sites still need the browser’s permission.',
    export: 'Export settings',
    import: 'Import settings',
    imported: 'The settings were imported.',
    fileName: 'ca-bridge-settings.json',
  },
};
