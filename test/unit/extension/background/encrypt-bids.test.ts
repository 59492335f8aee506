import { expect, it } from 'vitest';
import { encryptBids, judgeRecipients } from '../../../../src/extension/background/bids/encrypt-bids.ts';
import type { DocumentDesk } from '../../../../src/extension/background/documents/document-desk.ts';
import type { SessionRecord } from '../../../../src/extension/storage/session-record.ts';
import { encryptIn } from '../../../support/bid-samples.ts';
import { documents, encryptRequest, identity, recipient, start } from '../../../support/session-samples.ts';

const { signal } = new AbortController();
const centre = { ...recipient, name: '交易中心', fingerprint: 'd'.repeat(64) };
const known = { ...identity, encryptionCertificate: 'OWN=' };
const audience = { trust: { anchors: [], online: true }, deployment: ['CENTRE'] };

/** A desk whose client answers with these recipients and notes what it was asked. */
function deskWith(recipients: readonly (typeof recipient)[]) {
  const asked: { readonly method: string; readonly params: object }[] = [];
  const client = {
    call: async (method: string, params: object) => {
      asked.push({ method, params });
      return { recipients, file: 'file', plain: documents[0], cipher: documents[0] };
    },
  };
  const work = { client, files: [{ file: 'file', size: 1, sm3: '' }] };
  const desk = {
    withClient: async (_job: unknown, run: (given: typeof work) => unknown) => run(work),
    report: () => undefined,
    keep: () => undefined,
  } as unknown as DocumentDesk;
  return { desk, asked };
}

function sessionWith(recipients: string[] | undefined): SessionRecord {
  const params = recipients === undefined ? {} : { recipients };
  const request = { ...encryptRequest, params } as SessionRecord['request'];
  return encryptIn('arranging', { request, signing: { documents, identity: known } });
}

it('a phone with a signing certificate alone is refused before the client is asked', async () => {
  const { desk, asked } = deskWith([recipient]);
  await expect(judgeRecipients(encryptIn('arranging'), desk, audience, signal)).rejects.toMatchObject({
    code: 'RECIPIENT_NOT_FOR_ENCRYPTION',
  });
  expect(asked).toEqual([]);
});

it('two certificates of two companies are refused: a front server mixed two phones', async () => {
  const signer = { ...known.signer, creditCode: '91440800AAAAAAAAAA' };
  const session = sessionWith(undefined);
  const mixed = { ...session, signing: { documents, identity: { ...known, signer } } };
  const { desk } = deskWith([{ ...recipient, creditCode: '91440800BBBBBBBBBB' }]);
  await expect(judgeRecipients(mixed, desk, audience, signal)).rejects.toMatchObject({
    code: 'RESULT_MISMATCH',
  });
});

it('nothing is written to a certificate that the user did not see', async () => {
  const session = sessionWith(undefined);
  const plan = { signingTime: start };
  const confirmed = { ...session, signing: { ...session.signing, plan, recipients: [recipient] } };
  const { desk } = deskWith([recipient, centre]);
  await expect(encryptBids(confirmed, desk, audience, signal)).rejects.toMatchObject({
    code: 'RESULT_MISMATCH',
  });
});

it('encrypts to the bidder, to whom the deployment names, and to whom the site names, each once', async () => {
  const { desk, asked } = deskWith([recipient, centre]);
  await judgeRecipients(sessionWith(['SITE', 'CENTRE', 'OWN=']), desk, audience, signal);
  expect(asked).toMatchObject([
    { method: 'recipients.inspect', params: { own: { certificate: 'OWN=' }, further: ['CENTRE', 'SITE'] } },
  ]);
});
