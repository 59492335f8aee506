import { enBid } from './en-bid.ts';
import { enDirectory } from './en-directory.ts';
import { enDocuments } from './en-documents.ts';
import { enDriver } from './en-driver.ts';
import { enMirror } from './en-mirror.ts';
import { enOptions } from './en-options.ts';
import { enSelfTest } from './en-self-test.ts';
import type { UiText } from './ui-text.ts';
import { enVerification } from './en-verification.ts';

/** English. */
export const en: UiText = {
  product: 'CA Bridge',
  connecting: 'Connecting…',
  reconnecting: 'Connecting again…',
  extensionReloaded:
    'CA Bridge was just updated or enabled again. Close this window, reload the page and start again there.',
  close: 'Close',
  scenes: {
    login: { name: 'Log in', action: 'Log in with the certificate on your phone' },
    messageSignature: {
      name: 'Sign data',
      action: 'Sign data that the site submits with the certificate on your phone',
    },
    signature: { name: 'Seal', action: 'Put your electronic seal on a file' },
    revokeSignature: { name: 'Revoke seal', action: 'Revoke your electronic seal on a file' },
    encrypt: { name: 'Encrypt', action: 'Encrypt a bid file with your encryption certificate' },
    decrypt: { name: 'Decrypt', action: 'Decrypt a bid file with your encryption certificate' },
  },
  states: {
    requested: () => ({ title: 'Taking the request', next: 'One moment, please.' }),
    awaitingConsent: () => ({
      title: 'Choose your certificate platform',
      next: 'Choose the phone app that holds your certificate; the QR code comes next.',
    }),
    preparing: (platform) => ({
      title: 'Fetching the QR code',
      next: `Asking ${platform}. One moment, please.`,
    }),
    awaitingScan: (platform) => ({
      title: 'Scan with your phone',
      next: `Open the ${platform} app and scan the QR code.`,
    }),
    scanned: () => ({
      title: 'Scanned: compare the number on your phone and enter your PIN',
      next: 'Enter the PIN only if address, action and number on the phone equal those shown here.',
    }),
    arranging: () => ({
      title: 'Identified by the phone',
      next: 'Preparing what is to be signed. One moment, please.',
    }),
    signing: () => ({
      title: 'Check the number on the phone, then enter your PIN',
      next: 'Enter the PIN only if number and documents on the phone equal those shown here.',
    }),
    confirmed: () => ({
      title: 'Confirmed on the phone',
      next: 'Fetching and checking the result. Please keep this window open.',
    }),
    completing: () => ({
      title: 'Handing the result to the site',
      next: 'Almost done. Please keep this window open.',
    }),
    expired: () => ({
      title: 'The QR code has expired',
      next: 'Press “New QR code” and scan the new one.',
    }),
    succeeded: () => ({
      title: 'Done',
      next: 'The result was handed to the site. You can go back to the page.',
    }),
    cancelled: () => ({ title: 'Cancelled', next: 'The site was given no result.' }),
    failed: () => ({ title: 'Not completed', next: 'The site was given no result.' }),
  },
  site: { asks: 'Requested by' },
  platform: {
    legend: 'Certificate platform',
    unchosen: 'the certificate platform',
    unavailable: 'not available yet',
    noneAvailable:
      'No certificate platform is set up on this computer. Ask your administrator, or cancel and log in another way.',
    hotline: (platform) => `${platform} hotline: `,
  },
  qr: {
    name: (scene, platform) => `QR code (${scene}), to be scanned with the ${platform} app on your phone`,
    renew: 'New QR code',
    enlarge: 'Enlarge QR code',
    enlargedName: 'Enlarged QR code',
    shrink: 'Back (Esc)',
  },
  matching: {
    label: 'Matching number',
    explanation: 'Must match the phone’s number',
    warning: 'Another number? Press Refuse on the phone.',
  },
  countdown: {
    remaining: (clock) => `${clock} left`,
    announcement: (seconds) => `${seconds} seconds left`,
    over: 'Time is up; waiting for word from the platform…',
  },
  steps: {
    scanned: 'Scanned by the phone',
    confirmed: 'Compared and confirmed on the phone',
    checked: 'Fetch and check the result',
    delivered: 'Hand the result to the site',
  },
  cancel: 'Cancel',
  errorCode: (code) => `Error code: ${code}`,
  prompt: {
    ended: 'This request has ended',
    endedNext: 'Go back to the page and start again there if need be.',
    othersWaiting: (count) =>
      count === 1 ? '1 more request is waiting' : `${count} more requests are waiting`,
    showOther: 'Show',
  },
  popup: {
    waiting: 'Waiting requests',
    openWindow: 'Open the scan window',
    siteHeading: 'This site',
    support: {
      enabled: { title: 'Enabled', next: 'Choose the shared CA login on the page to log in by scanning.' },
      needsPermission: {
        title: 'Needs your permission',
        next: 'Your administrator listed this site; it works once you allow it.',
      },
      notEnabled: {
        title: 'Not enabled',
        next: 'If this is the trading system, check the address and enable it.',
      },
      impossible: {
        title: 'Not possible on this page',
        next: 'CA Bridge works only on sites whose address begins with https://.',
      },
    },
    enable: 'Enable on this site',
    enableWarning:
      'Enable only the trading system’s own address. If it came from a message, a chat or an advertisement, verify it first.',
    enabledNow: 'Enabled. Reload the page to use it.',
    enableDeclined: 'Not enabled: the browser’s question was not answered with “allow”.',
    lastHeading: 'Last request',
    outcome: { succeeded: 'Done', cancelled: 'Cancelled', failed: 'Not completed' },
    clientsHeading: 'Clients on this computer',
    clients: { signature: 'Signature client', encryption: 'Encryption client' },
    clientFound: (version) => `Installed, version ${version}`,
    checking: 'Checking…',
    recheck: 'Check again',
    toolsHeading: 'Tools',
    verify: 'Verify a seal',
    selfTest: 'Sealing self-test',
    directory: 'Getting a certificate',
    options: 'Options',
  },
  documents: enDocuments,
  bid: enBid,
  verification: enVerification,
  selfTest: enSelfTest,
  drivers: enDriver,
  mirror: enMirror,
  options: enOptions,
  directory: enDirectory,
};
