import type { OpeningText } from './opening-text.ts';

const files = (count: number): string => (count === 1 ? '1 file' : `${count} files`);

export const enOpening: OpeningText = {
  purposes: {
    check: {
      name: 'Can it be decrypted?',
      action: 'Check whether your phone’s certificate can open the bid',
    },
    rehearse: {
      name: 'Opening rehearsal',
      action: 'Try to decrypt the bid with your phone; nothing is written',
    },
    open: { name: 'Decrypt at opening', action: 'Decrypt a bid file with your encryption certificate' },
  },
  decryption: {
    awaitingScan: {
      check: (platform) => ({
        title: 'Scan with the phone you will use at the opening',
        next: `Scan with the ${platform} app. Certificates are compared; nothing is decrypted, no PIN is needed.`,
      }),
      rehearse: (platform) => ({
        title: 'Scan with the phone you will use at the opening',
        next: `Scan with the ${platform} app and enter the PIN. The files are decrypted for a try; nothing is written.`,
      }),
      open: (platform) => ({
        title: 'Scan with your phone',
        next: `Scan with the ${platform} app that holds the certificate used for encrypting.`,
      }),
    },
    scanAgain: 'Please scan once more',
    states: {
      requested: {
        title: 'Reading the encrypted files',
        next: 'The encryption client reads them on this computer and checks that they are whole. One moment, please.',
      },
      arranging: {
        title: 'Comparing certificates',
        next: 'The phone’s certificate is compared with the encrypted files. One moment, please.',
      },
      signing: {
        title: 'Check the number on the phone, then enter your PIN',
        next: 'Enter the PIN only if number and files on the phone equal those shown here. The phone opens the keys; the files are decrypted on this computer.',
      },
      reporting: {
        title: 'Telling the site the answer',
        next: 'Almost done. Please keep this window open.',
      },
      saving: {
        title: 'Decrypted: please save the files',
        next: 'Save the decrypted files below before you close this window.',
      },
    },
    confirmed: {
      check: {
        title: 'Comparing certificates',
        next: 'The phone’s certificate is compared with the encrypted files. One moment, please.',
      },
      rehearse: {
        title: 'Decrypting for a try',
        next: 'Every byte is decrypted and checked on this computer; nothing is written. Please keep this window and the page open.',
      },
      open: {
        title: 'Decrypting',
        next: 'The files are decrypted on this computer and checked piece by piece. Please keep this window and the page open.',
      },
    },
    steps: {
      shown: 'Certificate shown by the phone',
      compared: 'Compare it with the files',
      keyOpened: 'Keys opened by the phone',
      rehearsed: 'Decrypt for a try and check',
      opened: 'Decrypt and check piece by piece',
      told: 'Tell the site the answer',
      delivered: 'Hand the files to the page',
      saved: 'Save the files',
    },
    results: {
      check: {
        all: (_, total) => ({
          title: `Yes: this phone can decrypt ${total === 1 ? 'this file' : `all ${total} files`}`,
          next: 'Until the opening keep this phone and its certificate: do not replace or revoke the certificate, do not remove the app.',
        }),
        some: (good, total) => ({
          title: `This phone can decrypt ${good} of ${total} files`,
          next: `It cannot decrypt the other ${total - good}: causes and next steps are below. Please act before the opening.`,
        }),
        none: (_, total) => ({
          title: `No: this phone cannot decrypt ${total === 1 ? 'this file' : `these ${total} files`}`,
          next: 'Causes and next steps are below. Please act before the opening.',
        }),
      },
      rehearse: {
        all: (_, total) => ({
          title: `Rehearsal passed: ${total === 1 ? 'the file' : `all ${total} files`} can be decrypted`,
          next: 'The keys open and every byte is right; nothing was written. Until the opening do not change phone or certificate.',
        }),
        some: (good, total) => ({
          title: `${good} of ${total} files passed the rehearsal, ${total - good} did not`,
          next: 'Causes and next steps of those that did not are below. Please act before the opening.',
        }),
        none: () => ({
          title: 'The rehearsal was not passed',
          next: 'Causes and next steps are below. Please act before the opening.',
        }),
      },
      open: {
        all: (_, total) => ({
          title: total === 1 ? 'The file is decrypted' : `All ${total} files are decrypted`,
          next: 'Every piece was checked and is as it was encrypted. You can go back to the page.',
        }),
        some: (good, total) => ({
          title: `${good} of ${total} files are decrypted, ${total - good} are not`,
          next: `The ${good} decrypted files are delivered and can be used. Causes and next steps of the other ${total - good} are below.`,
        }),
        none: () => ({ title: 'Nothing could be decrypted', next: 'Causes and next steps are below.' }),
      },
    },
    readyWithWarnings: {
      title: 'Can be decrypted now, but perhaps not at the opening',
      next: 'The certificate may be a hindrance at the opening. Please follow the advice below before then.',
    },
  },
  files: {
    unopenable: (count) => `Cannot be opened (${count})`,
    onlyOthers: (count) => (count === 1 ? 'The other one goes on.' : `The other ${count} go on.`),
    scanAgain: {
      title: 'The encryption client was restarted',
      next: (opened) =>
        opened === 0
          ? 'The keys that the phone had opened went with it. Please scan once more.'
          : `The ${files(opened)} decrypted so far stay; the rest need one more scan.`,
    },
    toOpen: (count) => `The phone opens the keys of (${count})`,
    headings: {
      check: {
        working: (count) => `Being compared (${count})`,
        good: (count) => `Can be decrypted (${count})`,
        bad: (count) => `Cannot be decrypted (${count})`,
      },
      rehearse: {
        working: (count) => `Being tried (${count})`,
        good: (count) => `Passed (${count})`,
        bad: (count) => `Not passed (${count})`,
      },
      open: {
        working: (count) => `Being decrypted (${count})`,
        good: (count) => `Decrypted (${count})`,
        bad: (count) => `Not decrypted (${count})`,
      },
    },
    untouched: (count) => `Not dealt with (${count})`,
    tally: {
      check: { good: 'can be decrypted', bad: 'cannot' },
      rehearse: { good: 'passed', bad: 'not passed' },
      open: { good: 'decrypted', bad: 'not decrypted' },
    },
    from: (name) => `from ${name}`,
    seeAbove: 'Cause and next step as above.',
  },
  check: {
    verdicts: {
      ready: 'Can be decrypted',
      warned: 'Can be decrypted now, with a warning',
      refused: 'Cannot be decrypted',
    },
    phone: 'This phone’s encryption certificate',
    needs: 'Certificate that the file needs',
    needsOneOf: 'Certificates of which the file needs one',
    same: 'Same as the phone’s',
    sameKey: 'Another serial number, but the same key as the phone’s',
    other: 'Not the phone’s',
    warnings: {
      CERTIFICATE_RENEWED: {
        title: 'Renewed since, with the same key',
        next: 'The file can still be decrypted; there is no need to encrypt again.',
      },
      CERTIFICATE_ENDS_BEFORE_OPENING: {
        title: 'The certificate ends before the opening',
        next: 'Renew it in time and ask the authority to keep the key; if it cannot, encrypt and upload again after renewing.',
      },
      CERTIFICATE_EXPIRED: {
        title: 'The certificate has expired',
        next: 'Its key still opens this file. Renew it soon and keep the key, or encrypt and upload again after renewing.',
      },
      CERTIFICATE_REVOKED: {
        title: 'The certificate is revoked',
        next: 'Its key still opens what was encrypted before. Encrypt and upload again with a new certificate before the opening.',
      },
    },
  },
};
