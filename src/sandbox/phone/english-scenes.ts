import type { Texts } from './texts.ts';

export const englishScenes: Texts['scenes'] = {
  login: {
    title: 'Confirm login',
    site: 'Site that asks',
    action: 'Log in to this site with the company certificate',
    asWhom: 'Logging in as',
    pinTitle: 'Enter the PIN to log in',
    pinLead: (origin) => `This logs in to ${origin}`,
    working: 'Signing…',
    back: 'Refuse',
    done: { title: 'Login confirmed', body: 'Go on at the computer.' },
    refused: {
      title: 'Login refused',
      body: 'The site got no signature. If you did not ask for this login, be on your guard.',
    },
  },
  messageSignature: {
    title: 'Confirm signature',
    site: 'Site that asks',
    action: 'Sign the content below with the company certificate',
    asWhom: 'Signing as',
    pinTitle: 'Enter the PIN to sign',
    pinLead: (origin) => `The signature goes to ${origin}`,
    working: 'Signing…',
    back: 'Refuse',
    done: { title: 'Signed', body: 'Go on at the computer: it checks the signature and saves the result.' },
    refused: {
      title: 'Signature refused',
      body: 'Nothing was signed. If you did not ask for it, be on your guard.',
    },
  },
  signature: {
    title: 'Confirm sealing',
    site: 'Site that asks',
    action: 'Put an electronic seal on the files below; seal and place are chosen at the computer',
    asWhom: 'Sealing as',
    pinTitle: 'Enter the PIN to seal',
    pinLead: (origin) => `This seals for ${origin}`,
    working: 'Signing…',
    back: 'Refuse',
    done: { title: 'Sealed', body: 'Go on at the computer: it checks the seal and saves the file.' },
    refused: {
      title: 'Sealing refused',
      body: 'Nothing was sealed. If you did not ask for it, be on your guard.',
    },
  },
  revokeSignature: {
    title: 'Confirm removal of a seal',
    site: 'Site that asks',
    action: 'Remove the last seal that you put on the files below',
    asWhom: 'Removing as',
    pinTitle: 'Enter the PIN to remove it',
    pinLead: (origin) => `This removes a seal for ${origin}`,
    working: 'Signing…',
    back: 'Refuse',
    done: { title: 'Removal confirmed', body: 'Go on at the computer: it checks and saves the file.' },
    refused: {
      title: 'Removal refused',
      body: 'The seal stays. If you did not ask for it, be on your guard.',
    },
  },

  encrypt: {
    title: 'Confirm encryption',
    site: 'Site that asks',
    action:
      'Give the computer the encryption certificate, to encrypt the files below; nothing is signed, no PIN',
    asWhom: 'Encrypting as',
    back: 'Refuse',
    done: {
      title: 'The computer has the certificate',
      body: 'Go on at the computer: it shows the certificate and encrypts once you agree.',
    },
    refused: {
      title: 'Encryption refused',
      body: 'The certificate was not given and nothing was encrypted. If you did not ask for it, be on your guard.',
    },
  },
  check: {
    title: 'Can this phone open them?',
    site: 'Site that asks',
    action: 'Find out whether this phone could open the files below; nothing is opened, no PIN',
    asWhom: 'Opening as',
    back: 'Refuse',
    done: {
      title: 'The computer has the certificate',
      body: 'Go on at the computer: it shows which files can be opened. Nothing was opened.',
    },
    refused: {
      title: 'Refused',
      body: 'The certificate was not given. If you did not ask for this, be on your guard.',
    },
  },
  rehearse: {
    title: 'Rehearse the opening',
    site: 'Site that asks',
    action: 'Rehearse: open the files below and check them at the computer; their content is not written',
    asWhom: 'Opening as',
    pinTitle: 'Enter the PIN to rehearse',
    pinLead: (origin) => `This rehearses the opening for ${origin}`,
    working: 'Opening…',
    back: 'Refuse',
    done: {
      title: 'Rehearsal: keys opened',
      body: 'They went to the encryption client on your computer alone. Go on there.',
    },
    refused: {
      title: 'Rehearsal refused',
      body: 'Nothing was opened. If you did not ask for it, be on your guard.',
    },
  },
  open: {
    title: 'Open the bids',
    site: 'Site that asks',
    action: 'Bid opening: decrypt the files below',
    asWhom: 'Opening as',
    pinTitle: 'Enter the PIN to open',
    pinLead: (origin) => `This opens the files for ${origin}`,
    working: 'Opening…',
    back: 'Refuse',
    done: {
      title: 'Keys opened',
      body: 'They went to the encryption client on your computer alone. Go on there: it decrypts and checks the files.',
    },
    refused: {
      title: 'Opening refused',
      body: 'Nothing was opened. If you did not ask for it, be on your guard.',
    },
  },
};
