import type { SelfTestText } from './self-test-text.ts';

export const enSelfTest: SelfTestText = {
  title: 'Sealing self-test',
  intro:
    'Seals a sample PDF for real: read the file, scan with the phone, seal, verify. It takes about a minute; do it well before your deadline.',
  needs: 'Have ready: your phone with the certificate app, and your PIN. The sample goes to no site.',
  start: 'Start the test',
  again: 'Test again',
  stop: 'Stop the test',
  steps: {
    client: 'Find the signature client',
    read: 'Read the sample',
    scanned: 'Scan with the phone',
    sealed: 'Seal',
    verified: 'Verify the seal',
  },
  inWindow: 'Go on in the scan window that has opened.',
  passed: { title: 'Test passed', next: 'This computer can seal by scanning. The sealed sample is below.' },
  doubtful: {
    title: 'Sealed, but verification has remarks',
    next: 'Sealing works here; read the verification below.',
  },
  failed: 'Test not passed',
  preview: 'The sealed page',
  download: 'Download the sealed sample',
  fileName: 'sealing-self-test.pdf',
};
