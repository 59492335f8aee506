import type { BidText } from './bid-text.ts';
import { enOpening } from './en-opening.ts';

const counted = (one: string, many: string, count: number): string =>
  count === 1 ? one : `${many} (${count})`;
const files = (count: number): string => (count === 1 ? '1 file' : `${count} files`);

export const enBid: BidText = {
  ...enOpening,
  signer: 'Phone’s certificate',
  moment: (time, zone) => `${time} (${zone})`,
  validity: (from, to) => `${from} to ${to}`,
  openingTime: {
    label: 'Opening time',
    remaining: (amount) => `${amount} until the opening`,
    units: {
      days: (count) => (count === 1 ? '1 day' : `${count} days`),
      hours: (count) => (count === 1 ? '1 hour' : `${count} hours`),
      minutes: (count) => (count === 1 ? '1 minute' : `${count} minutes`),
    },
    soon: 'Less than a minute until the opening',
    reached: 'The opening time has come',
  },
  scanned: {
    title: 'Scanned: compare the number on your phone and confirm',
    next: 'Confirm only if address, action and number on the phone equal those shown here.',
  },
  delivering: {
    title: 'Handing the result to the page',
    next: 'Almost done. Please keep this window and the page open.',
  },
  documents: {
    toEncrypt: (count) => counted('File to encrypt', 'Files to encrypt', count),
    notEncrypted: (count) => counted('File, not encrypted', 'Files, not encrypted', count),
    encrypted: (count) => counted('Encrypted file', 'Encrypted files', count),
  },
  encryption: {
    awaitingScan: (platform) => ({
      title: 'Scan with your phone',
      next: `Scan with the ${platform} app: it gives this computer your encryption certificate.`,
    }),
    states: {
      requested: {
        title: 'Reading the files',
        next: 'The encryption client reads them on this computer and computes their digests. One moment, please.',
      },
      judging: {
        title: 'Checking the encryption certificate',
        next: 'Is it valid, and may it be used for encryption? One moment, please.',
      },
      choosing: {
        title: 'Check the encryption certificate',
        next: 'The files will be encrypted with it. If it is the right one, press “Encrypt with this certificate”.',
      },
      confirmed: {
        title: 'Encrypting',
        next: 'The files are encrypted on this computer, then read back and checked. Please keep this window and the page open.',
      },
      saving: {
        title: 'Encrypted: please save the files',
        next: 'Save the encrypted files below before you close this window.',
      },
      succeeded: {
        title: 'Encrypted',
        next: 'The encrypted files were read back and are whole. Save the receipt, then go back to the page.',
      },
    },
    choosingAnyway: (end, opening) => ({
      title: 'The certificate ends before the opening: decrypting may fail then',
      next: `It ends ${end}; the opening is ${opening}. Better cancel, renew it and encrypt with the new one.`,
    }),
    steps: {
      chosen: 'Encryption certificate confirmed',
      encrypted: 'Encrypt and read back',
      delivered: 'Hand the files to the page',
      saved: 'Save the files',
    },
  },
  progress: {
    encrypting: (percent) => `${percent} done, reading back included`,
    opening: (percent) => `${percent} done`,
  },
  recipient: {
    heading: 'Your encryption certificate',
    holder: 'Holder',
    organization: 'Organisation',
    creditCode: 'Unified social credit code',
    serialNumber: 'Serial number',
    validity: 'Validity',
    fingerprint: 'SM3 fingerprint',
    further: 'These can decrypt the files as well',
    noFurther: 'Nobody but this certificate’s holder will be able to decrypt the files.',
    consequence:
      'The phone with this certificate is needed to decrypt at the opening. Until then do not replace or revoke the certificate and do not remove its app, or the files cannot be decrypted.',
    endsBefore: 'ends before the opening',
    confirm: 'Encrypt with this certificate',
    confirmAnyway: 'Encrypt with it all the same',
  },
  saving: {
    heading: (count) => counted('File to save', 'Files to save', count),
    save: 'Save',
    saveAgain: 'Save again',
    given: 'Given to the browser to download',
    all: 'Save all',
    done: 'All are saved',
    where: 'Files go to the browser’s download folder; if it asks for a place, choose one.',
    plaintext: 'Decrypted files are not protected. Keep them in a safe place.',
    unsaved: (count) =>
      `${files(count)} not saved yet. If you cancel, or press “All are saved” and close this window, you will have to start again to get them.`,
    again: 'What did not get saved can be saved again until this window is closed.',
    fetching: 'Fetching the files…',
  },
  receipt: {
    heading: (count) => counted('Receipt', 'Receipts', count),
    advice: 'It records digests and certificates, to be compared if there is any doubt at the opening.',
    id: 'Receipt number',
    site: 'Site',
    encryptedAt: 'Encrypted',
    format: 'Format',
    formats: { bid: 'CA Bridge encrypted bid, version 1', enveloped: 'Enveloped data (GM/T 0010)' },
    plain: 'Original file',
    plainDigest: 'SM3 of the original',
    cipher: 'Encrypted file',
    cipherDigest: 'SM3 of the encrypted file',
    own: 'Encryption certificate',
    further: 'Certificates of others who can decrypt',
    copy: 'Copy receipt',
    copied: 'Receipt copied',
    save: 'Save receipt',
    fileName: (name) => `receipt-${name}.txt`,
    fileNameOfMany: (count) => `receipt-${count}-files.txt`,
    line: (name, value) => `${name}: ${value}`,
  },
  openWindow: {
    toChoose: 'Press “Open the scan window” to check the certificate and encrypt there.',
    toSave: 'Press “Open the scan window” to save the files there.',
  },
};
