import type { MirrorText } from './mirror-text.ts';

export const enMirror: MirrorText = {
  scenes: {
    login: {
      name: 'Log in',
      action: 'The page asks you to log in with the certificate on your phone',
      next: [
        'Check site and action in the app, then enter your PIN.',
        'The page logs in by itself; reload it if nothing happens.',
      ],
    },
    messageSignature: {
      name: 'Sign data',
      action: 'The page asks you to sign data that it submits',
      next: [
        'Check in the app what is to be signed, then enter your PIN.',
        'The page takes the signature; go on there.',
      ],
    },
    signature: {
      name: 'Seal',
      action: 'The page asks you to put your electronic seal on a file',
      next: [
        'Confirm who you are in the app, then choose seal and place on the page.',
        'Enter your PIN on the phone when sealing; keep the page open until it is done.',
      ],
    },
    revokeSignature: {
      name: 'Revoke seal',
      action: 'The page asks you to revoke your electronic seal on a file',
      next: [
        'Check in the app which seal it is, then enter your PIN.',
        'Go back to the page and see that the seal is gone.',
      ],
    },
    encrypt: {
      name: 'Encrypt',
      action: 'The page asks for your encryption certificate to encrypt bid files',
      next: [
        'Confirm in the app: the page gets your encryption certificate.',
        'The files are encrypted on this computer; keep the page and the encryption client open until then.',
      ],
    },
    decrypt: {
      name: 'Decrypt',
      action: 'The page asks you to authorise the decryption of bid files',
      next: [
        'Check the project in the app, then enter your PIN.',
        'The files are decrypted on this computer; wait until the page says so.',
      ],
    },
    unknown: {
      name: 'Scan',
      action: 'The page asks for a scan with a certificate app, and does not say what for',
      next: [
        'First find out on the page what it is for; otherwise do not scan.',
        'Check site and action in the app, then enter your PIN.',
      ],
    },
  },
  nextHeading: 'After the scan',
  page: 'Page',
  frame: 'Frame in the page',
  app: 'For the app',
  appUnsaid: 'the page does not say; any app that this site supports',
  issuer: 'Certificate platform',
  anyApp: 'your certificate app',
  appOf: (platform) => `the ${platform} app`,
  scan: (app) => ({
    title: 'Scan with your phone',
    next: `Open ${app} and scan the QR code. The page takes the result.`,
  }),
  expired: {
    title: 'The QR code cannot be used any more',
    next: 'Refresh it on the page; the new one will appear here.',
  },
  gone: {
    title: 'The prompt has gone from the page',
    next: 'The page has moved on or was closed; this window closes by itself.',
  },
  unreadable: {
    foreign: {
      title: 'Only the page can show this QR code',
      next: 'It is a picture of another site, which the browser keeps from extensions. Scan it on the page.',
    },
    notDrawn: {
      title: 'The page has not drawn the QR code yet',
      next: 'One moment, please; if none comes, have a look at the page.',
    },
    notDecoded: {
      title: 'The QR code could not be read',
      next: 'It is too small or unclear. Scan it on the page, or refresh it there.',
    },
  },
  foreign: {
    name: 'Unconfirmed QR code',
    action: 'There is a QR code on the page',
    state: {
      title: 'This may not be a certificate QR code',
      next: 'Its address is neither a certificate platform’s nor this site’s.',
    },
    leadsTo: 'The QR code leads to',
    noHost: 'an address that cannot be read',
    advice:
      'It may be an advertisement, a payment code or a forged login. Do not scan it with your certificate app; ask the platform’s hotline if in doubt.',
    show: 'Show it anyway',
    hide: 'Hide the QR code',
    shownAnyway:
      'Shown because you asked. It is not a certificate prompt: do not enter your PIN after scanning it.',
    qrName: 'Unconfirmed QR code',
  },
  trust: {
    platform: (host) => `Checked: the QR code’s address is the certificate platform’s (${host})`,
    site: (host) => `Checked: the QR code’s address is this site’s (${host})`,
    noHost:
      'There is no address in the QR code to check. Make sure that the page’s address is right before you scan.',
  },
  qrName: (scene, app) => `QR code (${scene}), to be scanned with ${app}`,
  toPage: 'To the page',
  quote: 'The page’s own words',
  handsOff:
    'Nothing is clicked, filled in or submitted on the page for you, and closing this window does not touch it.',
  kinds: {
    keyWanted: {
      name: 'Insert key',
      state: {
        title: 'The page wants your certificate’s key inserted',
        next: 'Insert it, then go back to the page and on from there.',
      },
      steps: [
        'Insert the USB key and wait until the computer knows it.',
        'If the page still asks, it probably does not reach the driver: see the three causes below.',
        'Certificate on your phone? Use the shared CA login on the page and scan instead.',
      ],
    },
    driverMissing: {
      name: 'Driver check',
      state: {
        title: 'The page does not find the certificate driver or client',
        next: 'That happens with an installed one too: there are three causes.',
      },
      steps: [
        'Check first whether the browser blocks it, then whether it runs; install again last.',
        'Then reload the page and start again there.',
        'Certificate on your phone? Logging in needs no driver: use the shared CA login on the page and scan.',
      ],
    },
    browserUnsupported: {
      name: 'Browser notice',
      state: {
        title: 'The page says that it needs Internet Explorer',
        next: 'Neither CA Bridge nor the certificate on your phone does. You need no other browser.',
      },
      steps: [
        'Look for the shared CA login on the page and scan with your phone.',
        'Such notices come from old plug-ins. Do not download browsers or plug-ins from links that pop up.',
        'If only the old plug-in will do, ask the site’s support.',
      ],
    },
  },
  causes: {
    heading: 'Three possible causes',
    notInstalled: {
      title: 'Not installed',
      next: 'Find your platform under “Getting a certificate”, download driver or client, install it and reload the page.',
    },
    notRunning: {
      title: 'Not running',
      next: 'Start it from the start menu and look for its icon in the task bar; else restart the computer.',
    },
    blocked: {
      title: 'Blocked by the browser',
      next: 'Newer browsers keep pages from programs on this computer. Choose “Allow” when asked; if you are not asked, turn on the local-service bridge for this site in the options.',
    },
    client: {
      signature: 'Needed here: the signature client',
      encryption: 'Needed here: the encryption client',
    },
    driverOf: (platform) => `Needed here: the driver of ${platform}`,
  },
  toDirectory: 'Getting a certificate',
  toOptions: 'Open the options',
  behaviour: {
    heading: 'When a prompt is found on this site in future',
    choices: { open: 'Open this window', badge: 'Only mark the icon', off: 'Do not look here' },
    done: {
      open: 'Remembered: this window will open by itself. You can change that in the options.',
      badge: 'Remembered: only the toolbar icon will tell. You can change that in the options.',
      off: 'Remembered: this site will not be looked at. You can change that in the options.',
    },
  },
  readiness: {
    heading: 'Before you scan',
    headingOfWords: 'Checked on this computer',
    intro: 'The page cannot see this; CA Bridge checks it on this computer.',
    certificates: 'Certificates seen at earlier scans',
    none: 'Nothing was scanned through CA Bridge yet, so nothing is known of your certificate. Look at its validity in the app.',
    unknown: 'Certificates seen before cannot be looked up just now.',
    purposes: { signing: 'signing certificate', encryption: 'encryption certificate' },
    about: (platform, purpose) => `${platform}, ${purpose}`,
    seenAt: (time) => `Last seen: ${time}`,
    expired: 'The certificate has expired',
    notYetValid: 'The certificate is not valid yet',
    endsBeforeOpening: 'The certificate ends before the opening',
    endsSoon: 'The certificate ends soon',
    validAtOpening: 'The certificate will be valid at the opening',
    valid: 'The certificate is valid',
    renew: 'Renew it in the app first. After a renewal, encrypt again with the new certificate.',
    decryptWith: 'Decrypting needs the very certificate that the files were encrypted with.',
  },
  popup: {
    heading: (count) =>
      count === 1 ? 'A certificate prompt was found' : `${count} certificate prompts were found`,
    open: 'Open the scan window',
    help: 'See what to do',
    of: (button, scene, site) => `${button}: ${scene}, ${site}`,
    stateOf: {
      shown: 'Waits for you',
      expired: 'QR code out of date: refresh it on the page',
      foreign: 'QR code leads to another site: take care',
    },
    localService: 'Local-service bridge in use',
    localServiceNext: (addresses) => `This site reaches ${addresses} on this computer through CA Bridge`,
  },
};
