import type { DirectoryText } from './directory-text.ts';

export const enDirectory: DirectoryText = {
  title: 'Getting a certificate',
  intro:
    'The mobile certificates (CA) that the system supports. Choose a platform that is in service, get your certificate there, and scan with its app.',
  groups: { mutual: 'Nationally shared mobile certificates (CA)', other: 'Other certificates (CA)' },
  none: 'None yet.',
  moreToCome: 'More shared platforms are coming.',
  states: { enabled: 'In service', comingSoon: 'Coming soon' },
  byPolicy: 'From the administrator',
  serves: 'Serves',
  hotline: 'Hotline',
  phoneSystems: 'Phone systems',
  systems: { android: 'Android', harmony: 'HarmonyOS', ios: 'iOS' },
  unpublished: 'not published',
  manual: 'Manual',
  driver: 'Driver download',
  app: 'App download',
  account: 'Official account',
  qrName: (what, platform) => `${platform}: QR code, ${what}`,
  open: {
    of: (what, platform) => `${platform}: ${what}`,
    leadsTo: 'Opens in a new tab',
    check: 'Make sure that the address is the platform’s before you open it.',
    confirm: 'Open',
  },
  ready: {
    heading: 'Once you have it',
    next: 'Before the deadline, go through the real steps once with the sealing self-test, and see that both clients below are installed.',
  },
};
