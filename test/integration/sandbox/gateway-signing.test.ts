import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  refusalOf,
  scanned,
  scanTokenOf,
  siteOrigin,
  sm3,
  startGateway,
  type Opened,
  type TestGateway,
} from './gateway-client.ts';
import {
  documents,
  identityBody,
  openSigning,
  selfTest,
  signaturesFor,
  signingBody,
  toBeSigned,
} from './signing-client.ts';

let server: TestGateway;
beforeEach(async () => {
  server = await startGateway({ selfTestOrigins: [selfTest] });
});
afterEach(() => server.close());

const identify = ({ businessId }: Opened, secret: string, body: unknown = identityBody()) =>
  server.post(`/scan/${businessId}/identify`, body, secret);
const submit = ({ businessId, secret }: Opened, parts: unknown = toBeSigned) =>
  server.post(`/sessions/${businessId}/to-be-signed`, { toBeSigned: parts }, secret);
const identityOf = ({ businessId, secret }: Opened) => server.get(`/sessions/${businessId}/identity`, secret);

async function identified(change = {}): Promise<{ session: Opened; phoneSecret: string }> {
  const session = await openSigning(server, change);
  const phoneSecret = await scanned(server, session);
  expect((await identify(session, phoneSecret)).status).toBe(204);
  return { session, phoneSecret };
}

const [first] = documents;

describe('documents that a front server refuses', () => {
  it.each([
    ['none', []],
    ['no list', { 0: first }],
    ['twenty-one', Array.from({ length: 21 }, () => first)],
    ['one without a name', [{ ...first, name: '' }]],
    ['a name with a line feed', [{ ...first, name: 'a\nb' }]],
    ['a name that turns the reading direction', [{ ...first, name: 'a\u202efdp.exe' }]],
    ['a name with an invisible character', [{ ...first, name: 'a\u200bb' }]],
    ['a name with a line separator', [{ ...first, name: 'a\u2028b' }]],
    ['a name with half a character', [{ ...first, name: '\ud800' }]],
    ['a name of 256', [{ ...first, name: 'x'.repeat(256) }]],
    ['a size below zero', [{ ...first, size: -1 }]],
    ['half a byte', [{ ...first, size: 0.5 }]],
    ['a size as text', [{ ...first, size: '3' }]],
    ['more than 64 GiB', [{ ...first, size: 68_719_476_737 }]],
    ['a digest in capitals', [{ ...first, sm3: first?.sm3.toUpperCase() }]],
    ['a short digest', [{ ...first, sm3: 'abc' }]],
    ['null', [null]],
  ])('%s', async (_, refused) => {
    const response = await server.post('/sessions', signingBody({ documents: refused }));
    expect(await refusalOf(response)).toEqual([400, 'bad_request']);
    expect(server.gateway.sessions()).toEqual([]);
  });
});

describe('a signing session', () => {
  it('has a QR bound to scene, origin and every document', async () => {
    const session = await openSigning(server);
    const list = documents.map(({ name, size, sm3: digest }) => `${digest} ${size} ${name}\n`).join('');
    const subject = `documents:${sm3(list).toString('hex')}`;
    const digest = sm3(`ca-bridge-relay/1\nsignature\n${siteOrigin}\n${subject}\n`);
    expect(session.qr.split('.').at(-1)).toBe(digest.subarray(0, 16).toString('base64url'));
  });

  it('shows the phone the documents and no challenge', async () => {
    const session = await openSigning(server);
    const response = await server.post(`/scan/${session.businessId}`, { token: scanTokenOf(session) });
    const answer = (await response.json()) as object;
    expect(answer).toMatchObject({ scene: 'signature', origin: siteOrigin, documents });
    expect(answer).not.toHaveProperty('challenge');
  });

  it('may be of the extension’s own origin', async () => {
    expect((await server.post('/sessions', signingBody({ origin: selfTest }))).status).toBe(201);
  });

  it.each([`chrome-extension://${'a'.repeat(32)}`, 'null', `${selfTest}.evil.test`])(
    'may not be of %s',
    async (origin) => {
      const response = await server.post('/sessions', signingBody({ origin }));
      expect(await refusalOf(response)).toEqual([403, 'origin_not_allowed']);
    },
  );

  it('lives for its own time once the phone has identified itself, and not for ever', async () => {
    const { session, phoneSecret } = await identified();
    server.pass(899);
    const still = await server.get(`/scan/${session.businessId}`, phoneSecret);
    expect(await still.json()).toEqual({
      businessId: session.businessId,
      state: 'identified',
      expiresIn: 1,
    });
    server.pass(1);
    expect((await server.get(`/scan/${session.businessId}`, phoneSecret)).status).toBe(410);
    expect(server.gateway.sessions()).toMatchObject([{ state: 'expired' }]);
  });

  it('expires with its QR while the phone has not identified itself', async () => {
    const session = await openSigning(server);
    const phoneSecret = await scanned(server, session);
    server.pass(120);
    expect(await refusalOf(await identify(session, phoneSecret))).toEqual([410, 'session_ended']);
  });
});

describe('identify', () => {
  it.each([
    ['no certificate', { certificate: undefined }],
    ['a certificate that is not base64', { certificate: '<pem>' }],
    ['a certificate without end', { certificate: 'A'.repeat(8_196) }],
    ['five issuers', { chain: Array.from({ length: 5 }, () => 'MA==') }],
    ['no chain', { chain: undefined }],
    [
      'eleven seals',
      { seals: Array.from({ length: 11 }, (_, id) => ({ id: `${id}`, name: 'a', seal: 'MA==' })) },
    ],
    ['two seals of one id', { seals: [1, 2].map(() => ({ id: 'a', name: 'a', seal: 'MA==' })) }],
    ['a seal id with a slash', { seals: [{ id: '../a', name: 'a', seal: 'MA==' }] }],
    ['a seal name with a control character', { seals: [{ id: 'a', name: 'a\u0007', seal: 'MA==' }] }],
    ['a seal without end', { seals: [{ id: 'a', name: 'a', seal: 'A'.repeat(700_004) }] }],
  ])('is refused with %s', async (_, change) => {
    const session = await openSigning(server);
    const phoneSecret = await scanned(server, session);
    const response = await identify(session, phoneSecret, identityBody(change));
    expect(await refusalOf(response)).toEqual([400, 'bad_request']);
    expect(server.gateway.sessions()).toMatchObject([{ state: 'scanned' }]);
  });

  it('is refused with seals where none are asked for', async () => {
    const session = await openSigning(server, { scene: 'messageSignature' });
    const phoneSecret = await scanned(server, session);
    expect(await refusalOf(await identify(session, phoneSecret))).toEqual([400, 'bad_request']);
  });

  it('is refused for a login', async () => {
    const response = await server.post(
      '/sessions',
      signingBody({ scene: 'login', challenge: 'c'.repeat(16) }),
    );
    const session = (await response.json()) as Opened;
    const phoneSecret = await scanned(server, session);
    expect(await refusalOf(await identify(session, phoneSecret))).toEqual([400, 'bad_request']);
  });

  it('is refused without the phone’s secret', async () => {
    const session = await openSigning(server);
    await scanned(server, session);
    expect((await identify(session, session.secret)).status).toBe(401);
  });

  it('may come twice alike, but not otherwise', async () => {
    const { session, phoneSecret } = await identified();
    expect((await identify(session, phoneSecret)).status).toBe(204);
    const other = await identify(session, phoneSecret, identityBody({ certificate: 'MAA=' }));
    expect(await refusalOf(other)).toEqual([409, 'already_submitted']);
    expect(server.gateway.sessions()).toMatchObject([{ events: ['scanned', 'identified'] }]);
  });

  it('takes ten seals of full size', async () => {
    const session = await openSigning(server);
    const phoneSecret = await scanned(server, session);
    const seal = 'A'.repeat(699_996);
    const seals = Array.from({ length: 10 }, (_, index) => ({ id: `s${index}`, name: '公章', seal }));
    expect((await identify(session, phoneSecret, identityBody({ seals }))).status).toBe(204);
    const { seals: read } = (await (await identityOf(session)).json()) as { seals: unknown };
    expect(read).toEqual(seals);
  });
});

describe('the identity', () => {
  it('is not there before the phone has identified itself', async () => {
    const session = await openSigning(server);
    await scanned(server, session);
    expect(await refusalOf(await identityOf(session))).toEqual([409, 'not_identified']);
  });

  it('is told with the session’s secret only', async () => {
    const { session, phoneSecret } = await identified();
    expect((await server.get(`/sessions/${session.businessId}/identity`, phoneSecret)).status).toBe(401);
    expect(await (await identityOf(session)).json()).toEqual({
      businessId: session.businessId,
      ...identityBody(),
    });
  });

  it('is gone with a session that ended before it came', async () => {
    const session = await openSigning(server);
    await server.post(`/sessions/${session.businessId}/cancel`, {}, session.secret);
    expect(await refusalOf(await identityOf(session))).toEqual([410, 'session_ended']);
  });
});

describe('what is to be signed', () => {
  it.each([
    ['one part too few', ['MA==']],
    ['one too many', ['MA==', 'MA==', 'MA==']],
    ['an empty part', ['MA==', '']],
    ['a part that is not base64', ['MA==', '<']],
    ['a part without end', ['MA==', 'A'.repeat(720_004)]],
    ['no list', 'MA=='],
  ])('is refused with %s', async (_, parts) => {
    const { session } = await identified();
    expect(await refusalOf(await submit(session, parts))).toEqual([400, 'bad_request']);
  });

  it('is refused before the phone has identified itself', async () => {
    const session = await openSigning(server);
    await scanned(server, session);
    expect(await refusalOf(await submit(session))).toEqual([409, 'not_identified']);
  });

  it('is refused with the phone’s secret', async () => {
    const { session, phoneSecret } = await identified();
    expect((await submit({ ...session, secret: phoneSecret })).status).toBe(401);
  });

  it('is refused over 24 MiB', async () => {
    const { session } = await identified();
    const response = await submit(session, ['A'.repeat(25 * 1024 ** 2), 'MA==']);
    expect(await refusalOf(response)).toEqual([413, 'too_large']);
  });

  it('may come twice alike, but not otherwise', async () => {
    const { session } = await identified();
    expect((await submit(session)).status).toBe(204);
    expect((await submit(session)).status).toBe(204);
    expect(await refusalOf(await submit(session, toBeSigned.toReversed()))).toEqual([
      409,
      'already_submitted',
    ]);
  });

  it('reaches the phone in full size for twenty documents', async () => {
    const many = Array.from({ length: 20 }, () => first);
    const { session, phoneSecret } = await identified({ documents: many });
    const parts = many.map(() => 'A'.repeat(720_000));
    expect((await submit(session, parts)).status).toBe(204);
    const answer = await (await server.get(`/scan/${session.businessId}`, phoneSecret)).json();
    expect(answer).toEqual({
      businessId: session.businessId,
      state: 'toBeSigned',
      toBeSigned: parts,
      expiresIn: 900,
    });
  });
});

describe('the signatures', () => {
  const confirm = ({ businessId }: Opened, secret: string, result: unknown) =>
    server.post(`/scan/${businessId}/confirm`, { result }, secret);

  it('are refused before there was anything to sign', async () => {
    const { session, phoneSecret } = await identified();
    const result = signaturesFor(session.businessId, siteOrigin);
    expect(await refusalOf(await confirm(session, phoneSecret, result))).toEqual([400, 'bad_request']);
  });

  it.each([
    ['another format', { format: 'ca-bridge-login/1' }],
    ['another scene', { scene: 'revokeSignature' }],
    ['another business id', { businessId: 'another-0123456789' }],
    ['another origin', { origin: 'https://elsewhere.test' }],
    ['another certificate than the identity’s', { certificate: 'MAA=' }],
    ['one signature too few', { signatures: ['MA=='] }],
    ['a signature that is not base64', { signatures: ['MA==', '<'] }],
    ['a signature without end', { signatures: ['MA==', 'A'.repeat(260)] }],
  ])('are refused with %s', async (_, change) => {
    const { session, phoneSecret } = await identified();
    await submit(session);
    const result = signaturesFor(session.businessId, siteOrigin, change);
    expect(await refusalOf(await confirm(session, phoneSecret, result))).toEqual([400, 'bad_request']);
    expect(server.gateway.sessions()).toMatchObject([{ state: 'identified' }]);
  });

  it('are given to the extension as the phone gave them', async () => {
    const { session, phoneSecret } = await identified();
    await submit(session);
    const result = signaturesFor(session.businessId, siteOrigin);
    expect((await confirm(session, phoneSecret, result)).status).toBe(204);
    const answer = await server.get(`/sessions/${session.businessId}/result`, session.secret);
    expect(await answer.json()).toEqual({ businessId: session.businessId, result });
    expect(server.gateway.sessions()).toMatchObject([{ events: ['scanned', 'identified', 'confirmed'] }]);
  });
});

describe('renewing', () => {
  it('is refused while an identified session lives, and after it', async () => {
    const { session } = await identified();
    const renew = () =>
      server.post(
        `/sessions/${session.businessId}/renew`,
        { requestId: 'renewal-0000000001' },
        session.secret,
      );
    expect(await refusalOf(await renew())).toEqual([409, 'session_ended']);
    server.pass(900);
    expect(await refusalOf(await renew())).toEqual([410, 'session_ended']);
  });
});
