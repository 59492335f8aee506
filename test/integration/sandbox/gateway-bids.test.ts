import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  bidIdentityBody,
  checkBody,
  encrypted,
  encryptionBody,
  keysFor,
  openBid,
  openingBody,
} from './bid-client.ts';
import {
  openBody,
  refusalOf,
  scanned,
  scanTokenOf,
  siteOrigin,
  startGateway,
  type Opened,
  type TestGateway,
} from './gateway-client.ts';
import { identityBody, selfTest, signaturesFor, signingBody } from './signing-client.ts';

let server: TestGateway;
beforeEach(async () => {
  server = await startGateway({ selfTestOrigins: [selfTest] });
});
afterEach(() => server.close());

const identify = ({ businessId }: Opened, secret: string, body: unknown = bidIdentityBody()) =>
  server.post(`/scan/${businessId}/identify`, body, secret);
const submit = ({ businessId, secret }: Opened, parts: unknown = ['MA==', 'MAA=']) =>
  server.post(`/sessions/${businessId}/to-be-signed`, { toBeSigned: parts }, secret);
const confirm = ({ businessId }: Opened, secret: string, result: unknown) =>
  server.post(`/scan/${businessId}/confirm`, { result }, secret);
const stateNow = () => server.gateway.sessions().at(-1)?.state;

async function identified(body = openingBody(), by = bidIdentityBody()) {
  const session = await openBid(server, body);
  const phoneSecret = await scanned(server, session);
  expect((await identify(session, phoneSecret, by)).status).toBe(204);
  return { session, phoneSecret };
}

describe('a bid that a front server refuses', () => {
  it.each([
    ['a decryption without a purpose', openingBody({ purpose: undefined })],
    ['a purpose that is none', openingBody({ purpose: 'steal' })],
    ['a purpose that is no text', openingBody({ purpose: ['open'] })],
    ['a purpose of an encryption', encryptionBody({ purpose: 'open' })],
    ['a purpose of a signature', signingBody({ purpose: 'open' })],
    ['a purpose of a login', openBody({ purpose: 'open' })],
    ['no documents', openingBody({ documents: [] })],
    ['twenty-one documents', openingBody({ documents: Array.from({ length: 21 }, () => encrypted[0]) })],
    ['a name with a line feed', encryptionBody({ documents: [{ ...encrypted[0], name: 'a\nb' }] })],
  ])('%s', async (_, body) => {
    expect(await refusalOf(await server.post('/sessions', body))).toEqual([400, 'bad_request']);
    expect(server.gateway.sessions()).toEqual([]);
  });

  it.each([encryptionBody, openingBody])('one of an unknown site', async (body) => {
    const response = await server.post('/sessions', body({ origin: 'https://elsewhere.test' }));
    expect(await refusalOf(response)).toEqual([403, 'origin_not_allowed']);
  });
});

describe('a bid session', () => {
  it('shows the phone files and purpose', async () => {
    const session = await openBid(server, checkBody());
    const response = await server.post(`/scan/${session.businessId}`, { token: scanTokenOf(session) });
    expect(await response.json()).toMatchObject({
      scene: 'decrypt',
      purpose: 'check',
      origin: siteOrigin,
      documents: encrypted,
    });
  });

  it('may be of the extension’s own origin', async () => {
    for (const body of [encryptionBody, openingBody]) {
      expect((await server.post('/sessions', body({ origin: selfTest }))).status).toBe(201);
    }
  });

  it.each([
    ['an encryption', encryptionBody()],
    ['a check', checkBody()],
  ])('is over for the phone once it has identified itself, and is cancelled then: %s', async (_, body) => {
    const { session, phoneSecret } = await identified(body);
    expect(await refusalOf(await submit(session))).toEqual([400, 'bad_request']);
    const result = keysFor(session.businessId, siteOrigin);
    expect(await refusalOf(await confirm(session, phoneSecret, result))).toEqual([400, 'bad_request']);
    await server.post(`/sessions/${session.businessId}/cancel`, {}, session.secret);
    expect(server.gateway.sessions()).toMatchObject([{ events: ['scanned', 'identified', 'cancelled'] }]);
    const identity = await server.get(`/sessions/${session.businessId}/identity`, session.secret);
    expect(identity.status).toBe(200);
  });
});

describe('identifying for a bid', () => {
  it.each([
    ['seals', { seals: [{ id: 'company', name: '公章', seal: 'MA==' }] }],
    ['an encryption certificate that is not base64', { encryptionCertificate: '<pem>' }],
    ['an encryption certificate without end', { encryptionCertificate: 'A'.repeat(8_196) }],
    ['an encryption certificate that is null', { encryptionCertificate: null }],
    ['no signing certificate', { certificate: undefined }],
  ])('is refused with %s', async (_, change) => {
    const session = await openBid(server);
    const phoneSecret = await scanned(server, session);
    const response = await identify(session, phoneSecret, bidIdentityBody(change));
    expect(await refusalOf(response)).toEqual([400, 'bad_request']);
    expect(stateNow()).toBe('scanned');
  });

  it('is refused with an encryption certificate where something is signed', async () => {
    const session = await openBid(server, signingBody());
    const phoneSecret = await scanned(server, session);
    const response = await identify(session, phoneSecret, {
      ...identityBody(),
      encryptionCertificate: 'MAA=',
    });
    expect(await refusalOf(response)).toEqual([400, 'bad_request']);
  });

  it('is refused a second time with another encryption certificate', async () => {
    const { session, phoneSecret } = await identified();
    const other = await identify(session, phoneSecret, bidIdentityBody({ encryptionCertificate: 'MA==' }));
    expect(await refusalOf(other)).toEqual([409, 'already_submitted']);
    expect((await identify(session, phoneSecret)).status).toBe(204);
  });

  it('tells the extension the whole pair, or that there is a half', async () => {
    const { session } = await identified();
    const answer = await server.get(`/sessions/${session.businessId}/identity`, session.secret);
    expect(await answer.json()).toEqual({ businessId: session.businessId, ...bidIdentityBody(), seals: [] });
    const half = await identified(openingBody(), bidIdentityBody({ encryptionCertificate: undefined }));
    const path = `/sessions/${half.session.businessId}/identity`;
    expect(await (await server.get(path, half.session.secret)).json()).not.toHaveProperty(
      'encryptionCertificate',
    );
  });
});

describe('requests to open', () => {
  it.each([
    ['none', []],
    ['more than there are files', ['MA==', 'MA==', 'MA==']],
    ['one that is not base64', ['<']],
    ['one that is null', [null]],
    ['one without end', ['A'.repeat(20_004)]],
    ['no list', 'MA=='],
  ])('are refused: %s', async (_, parts) => {
    const { session } = await identified();
    expect(await refusalOf(await submit(session, parts))).toEqual([400, 'bad_request']);
  });

  it('are refused before the phone has identified itself', async () => {
    const session = await openBid(server);
    await scanned(server, session);
    expect(await refusalOf(await submit(session))).toEqual([409, 'not_identified']);
  });

  it('reach the phone, also for fewer files than were shown, in full size', async () => {
    const { session, phoneSecret } = await identified();
    const parts = ['A'.repeat(20_000)];
    expect((await submit(session, parts)).status).toBe(204);
    const answer = await server.get(`/scan/${session.businessId}`, phoneSecret);
    expect(await answer.json()).toMatchObject({ state: 'toBeSigned', toBeSigned: parts });
  });
});

describe('the opened keys', () => {
  it('are refused before there was anything to open', async () => {
    const { session, phoneSecret } = await identified();
    const response = await confirm(session, phoneSecret, keysFor(session.businessId, siteOrigin));
    expect(await refusalOf(response)).toEqual([400, 'bad_request']);
  });

  it.each([
    ['another format', { format: 'ca-bridge-keys/2' }],
    ['another scene', { scene: 'signature' }],
    ['another business id', { businessId: 'another-0123456789' }],
    ['another origin', { origin: 'https://elsewhere.test' }],
    ['the signing certificate', { certificate: 'MA==' }],
    ['no certificate', { certificate: undefined }],
    ['one key too few', { keys: ['MA=='] }],
    ['one key too many', { keys: ['MA==', 'MA==', 'MA=='] }],
    ['a key that is not base64', { keys: ['MA==', '<'] }],
    ['a key without end', { keys: ['MA==', 'A'.repeat(1_028)] }],
    ['a key that is a number', { keys: ['MA==', 0] }],
    ['no key at all', { keys: [null, null] }],
    ['no list', { keys: 'MA==' }],
  ])('are refused with %s', async (_, change) => {
    const { session, phoneSecret } = await identified();
    await submit(session);
    const result = keysFor(session.businessId, siteOrigin, change);
    expect(await refusalOf(await confirm(session, phoneSecret, result))).toEqual([400, 'bad_request']);
    expect(stateNow()).toBe('identified');
  });

  it('are refused of a phone that has no encryption certificate', async () => {
    const half = bidIdentityBody({ encryptionCertificate: undefined });
    const { session, phoneSecret } = await identified(openingBody(), half);
    await submit(session);
    for (const certificate of [undefined, null, 'MA==']) {
      const result = keysFor(session.businessId, siteOrigin, { certificate });
      expect(await refusalOf(await confirm(session, phoneSecret, result))).toEqual([400, 'bad_request']);
    }
  });

  it('are refused where signatures are given for them', async () => {
    const { session, phoneSecret } = await identified();
    await submit(session);
    const result = signaturesFor(session.businessId, siteOrigin, { scene: 'decrypt' });
    expect(await refusalOf(await confirm(session, phoneSecret, result))).toEqual([400, 'bad_request']);
  });

  it('are given to the extension as the phone gave them', async () => {
    const { session, phoneSecret } = await identified();
    await submit(session);
    const result = keysFor(session.businessId, siteOrigin);
    expect((await confirm(session, phoneSecret, result)).status).toBe(204);
    const answer = await server.get(`/sessions/${session.businessId}/result`, session.secret);
    expect(await answer.json()).toEqual({ businessId: session.businessId, result });
  });
});
