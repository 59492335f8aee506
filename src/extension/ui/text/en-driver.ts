import type { DriverText } from './driver-text.ts';

export const enDriver: DriverText = {
  local: {
    actions: {
      login: 'Log in with the certificate on this computer',
      messageSignature: 'Sign data that the site submits with the certificate on this computer',
      signature: 'Put your electronic seal on a file with the certificate on this computer',
      revokeSignature: 'Revoke your electronic seal with the certificate on this computer',
    },
    signer: 'Certificate used',
    steps: { scanned: 'Certificate chosen', confirmed: 'PIN accepted' },
    states: {
      preparing: {
        title: 'Connecting to the certificate driver',
        next: 'Make sure that the key is inserted. One moment, please.',
      },
      listing: {
        title: 'Reading the certificates',
        next: 'Asking the certificate driver which there are. One moment, please.',
      },
      choosing: {
        title: 'Choose a certificate',
        next: 'The certificate driver then asks for the PIN in a window of its own.',
      },
      pin: {
        title: 'Enter the PIN in the certificate driver’s window',
        next: 'Only the driver gets it; neither CA Bridge nor the site sees it.',
      },
      working: {
        title: 'Using the certificate',
        next: 'The certificate driver is at work. Please leave the key inserted.',
      },
      confirmed: {
        title: 'PIN accepted',
        next: 'Fetching and checking the result. Please keep this window open.',
      },
      expired: { title: 'It took too long', next: 'Press “Start again”, or cancel.' },
    },
    again: 'Start again',
    keys: 'Certificates to choose from',
    noEncryption: 'without an encryption certificate: cannot encrypt or decrypt',
    pinWindow: {
      title: 'Look for the certificate driver’s own window',
      next: 'It may be behind other windows, flashing in the task bar. Press “Cancel” if you do not want to go on.',
    },
  },
  site: {
    runsItself:
      'This site runs the scan itself: there is no number to compare. Go by the site and action that the phone shows.',
    states: {
      scanned: {
        title: 'Scanned: check on your phone and enter your PIN',
        next: 'Enter the PIN only if site and action on the phone are right.',
      },
      signing: {
        title: 'Check on the phone, then enter your PIN',
        next: 'Enter the PIN only if site and documents on the phone are right.',
      },
    },
    trust: {
      platform: 'Checked: the QR code’s address is the certificate platform’s',
      site: 'Checked: the QR code’s address is this site’s',
      noHost: 'There is no address in the QR code to check',
      foreign: 'The QR code’s address is neither the platform’s nor this site’s: do not scan it',
    },
  },
};
