import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { request, type ClientRequest } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { generateSm2KeyPair } from '../../../src/gm/sm2.ts';
import { testSubscriber } from '../../support/test-subscriber.ts';
import { sampleBid } from '../../unit/verifier/sample-bid.ts';
import { createSiteClient, projectAt, type SiteClient, type UploadedFile } from './site-client.ts';
import { startTestWorld, type TestWorld } from './test-world.ts';

const bidLimit = 400_000;
const minute = 60_000;
let now: number;
let world: TestWorld;
let browser: SiteClient;
beforeEach(async () => {
  now = Date.now();
  world = await startTestWorld({ clock: () => now, openingTime: now + minute, bidLimit });
  browser = createSiteClient(world.siteOrigin);
});
afterEach(() => world.close());

const { publicKey } = generateSm2KeyPair();
const encryptionOf = (organisation: string): Uint8Array =>
  world.authority.issueEncryption({ organisation, encryptionPublicKey: publicKey });

/** A bid that a bidder and, unless told, the centre can open. */
function bidOf(
  recipients: readonly Uint8Array[] = [
    encryptionOf('湛江测试建设有限公司'),
    world.centre.encryption.certificate,
  ],
  name = '投标文件.pdf.cabid',
): UploadedFile {
  return { name, ...sampleBid(recipients) };
}

const refused = async (answer: Promise<Response>): Promise<unknown> => {
  const response = await answer;
  return { status: response.status, ...((await response.json()) as object) };
};

async function logIn(): Promise<void> {
  const challenge = await browser.challenge();
  const token = await world.tokenFor(challenge, testSubscriber(world.authority).credential);
  expect((await browser.post('/api/login', { challenge, token })).status).toBe(200);
}

const filesOnDisk = async (): Promise<number> => {
  const [bid] = world.site.bids();
  return bid === undefined ? 0 : (await readdir(dirname(bid.path))).length;
};

/** Nothing of a refused upload is kept, in no list and on no disk. */
async function expectNothingKept(): Promise<void> {
  expect(world.site.bids()).toEqual([]);
  expect((await browser.upload(bidOf())).status).toBe(201);
  expect(await filesOnDisk()).toBe(1);
}

/** An upload of which the site has the first bytes, beside one that it has taken before. */
async function beginUpload({ bytes, sm3 }: UploadedFile): Promise<ClientRequest> {
  expect((await browser.upload(bidOf())).status).toBe(201);
  const asking = request(`${world.siteOrigin}${projectAt('bids')}?name=second.cabid`, {
    method: 'POST',
    agent: false,
    headers: { origin: world.siteOrigin, 'x-receipt-sm3': sm3, 'content-length': bytes.length },
  });
  asking.write(bytes.subarray(0, 1_000));
  await expect.poll(filesOnDisk).toBe(2);
  return asking;
}

describe('an upload that is not taken', () => {
  it.each([
    ['from another site', { origin: 'https://evil.test' }, 403, 'FOREIGN_REQUEST'],
    ['from nowhere', { origin: '' }, 403, 'FOREIGN_REQUEST'],
    ['without a digest', { 'x-receipt-sm3': '' }, 400, 'BAD_REQUEST'],
    ['with a digest that is none', { 'x-receipt-sm3': 'A1'.repeat(32) }, 400, 'BAD_REQUEST'],
    ['with the digest of another file', { 'x-receipt-sm3': 'a1'.repeat(32) }, 422, 'RESULT_MISMATCH'],
  ])('%s', async (_what, headers, status, error) => {
    expect(await refused(browser.upload(bidOf(), headers))).toMatchObject({ status, error });
    await expectNothingKept();
  });

  it.each([
    ['without a name', ''],
    ['with an endless name', 'x'.repeat(256)],
  ])('%s', async (_what, name) => {
    expect(await refused(browser.upload({ ...bidOf(), name }))).toEqual({
      status: 400,
      error: 'BAD_REQUEST',
    });
    await expectNothingKept();
  });

  it('of a project that is not there', async () => {
    const answer = browser.post('/api/projects/other/bids?name=a');
    expect(await refused(answer)).toEqual({ status: 404, error: 'PROJECT_UNKNOWN' });
  });

  it('larger than the site takes', async () => {
    const bytes = Buffer.concat([bidOf().bytes, Buffer.alloc(bidLimit)]);
    const answer = browser.upload({ ...bidOf(), bytes });
    expect(await refused(answer)).toEqual({ status: 413, error: 'TOO_LARGE' });
    await expectNothingKept();
  });

  it('that nobody can open but the bidder', async () => {
    const answer = browser.upload(bidOf([encryptionOf('湛江测试建设有限公司')]));
    const refusal = { status: 422, error: 'RESULT_MISMATCH', reason: 'requiredRecipientMissing' };
    expect(await refused(answer)).toEqual(refusal);
    await expectNothingKept();
  });

  it('that the company which is logged in cannot open', async () => {
    await logIn();
    const others = bidOf([encryptionOf('湛江另一家测试有限公司'), world.centre.encryption.certificate]);
    const refusal = { status: 422, error: 'RESULT_MISMATCH', reason: 'bidderMissing' };
    expect(await refused(browser.upload(others))).toEqual(refusal);
    await expectNothingKept();
  });

  it('that was cut on its way', async () => {
    const bid = bidOf();
    const answer = browser.upload({ ...bid, bytes: bid.bytes.subarray(0, -1) });
    expect(await refused(answer)).toMatchObject({ status: 422, error: 'BID_LENGTH_WRONG' });
    await expectNothingKept();
  });

  it('that breaks off midway leaves nothing', async () => {
    const asking = await beginUpload(bidOf());
    const broken = new Promise((resolve) => asking.once('error', resolve));
    asking.destroy();
    await broken;
    await expect.poll(filesOnDisk).toBe(1);
    expect(world.site.bids()).toHaveLength(1);
  });
});

describe('the deadline', () => {
  it('takes what comes in its last millisecond, and nothing afterwards', async () => {
    now += minute - 1;
    expect((await browser.upload(bidOf())).status).toBe(201);
    now += 1;
    const late = { status: 409, error: 'OPENING_TIME_PASSED' };
    expect(await refused(browser.upload({ ...bidOf(), name: 'late' }))).toEqual(late);
    expect(world.site.bids()).toHaveLength(1);
  });

  it('refuses what began before it and came in after it', async () => {
    const bid = bidOf();
    const asking = await beginUpload(bid);
    const status = new Promise((resolve) =>
      asking.once('response', (response) => resolve(response.resume().statusCode)),
    );
    now += minute;
    asking.end(bid.bytes.subarray(1_000));
    expect(await status).toBe(409);
    expect(world.site.bids()).toHaveLength(1);
    expect(await filesOnDisk()).toBe(1);
  });
});

describe('an upload that is taken', () => {
  it('is answered with what was checked', async () => {
    await logIn();
    const bid = bidOf();
    const response = await browser.upload(bid);
    expect(response.status).toBe(201);
    expect(await response.json()).toEqual({
      n: 1,
      name: bid.name,
      size: bid.bytes.length,
      sm3: bid.sm3,
      plainSize: 200_000,
      uploadedAt: now,
      bidder: { organisation: '湛江测试建设有限公司', creditCode: expect.stringMatching(/^91440800/) },
      recipients: [
        expect.objectContaining({ organization: '湛江测试建设有限公司' }),
        expect.objectContaining({ organization: world.centre.organisation }),
      ],
      warnings: [],
    });
  });

  it('lies on disk byte for byte, for this user alone', async () => {
    const bid = bidOf();
    await browser.upload(bid);
    const path = world.site.bids()[0]?.path ?? '';
    expect(Buffer.from(bid.bytes).equals(await readFile(path))).toBe(true);
    expect((await stat(path)).mode & 0o077).toBe(0);
    expect((await stat(dirname(path))).mode & 0o077).toBe(0);
  });

  it('comes back byte for byte', async () => {
    const bid = bidOf();
    await browser.upload(bid);
    const response = await browser.get(projectAt('bids/1'));
    expect(response.headers.get('content-disposition')).toContain(encodeURIComponent(bid.name));
    expect(Buffer.from(bid.bytes).equals(Buffer.from(await response.arrayBuffer()))).toBe(true);
    expect(await refused(browser.get(projectAt('bids/2')))).toEqual({ status: 404, error: 'BID_UNKNOWN' });
  });

  it('replaces the bidder’s earlier one of the same name', async () => {
    await browser.upload(bidOf());
    const second = bidOf();
    await browser.upload(second);
    await browser.upload({ ...bidOf(), name: 'another.cabid' });
    const { bids } = (await (await browser.get(projectAt('bids'))).json()) as { bids: unknown[] };
    expect(bids).toMatchObject([
      { n: 2, sm3: second.sm3 },
      { n: 3, name: 'another.cabid' },
    ]);
    expect(await filesOnDisk()).toBe(2);
  });

  it('is seen by its own company, and by no other one that is logged in', async () => {
    await browser.upload(bidOf());
    await logIn();
    expect(await (await browser.get(projectAt('bids'))).json()).toEqual({ bids: [] });
    expect((await browser.get(projectAt('bids/1'))).status).toBe(404);
    await browser.upload({ ...bidOf(), name: 'own.cabid' });
    expect(await (await browser.get(projectAt('bids'))).json()).toMatchObject({ bids: [{ n: 2 }] });
    expect(world.site.bids()).toHaveLength(2);
  });

  it('is gone with its folder when the world closes', async () => {
    const other = await startTestWorld();
    const client = createSiteClient(other.siteOrigin);
    const recipients = [other.centre.encryption.certificate];
    expect((await client.upload(bidOf(recipients))).status).toBe(201);
    const path = other.site.bids()[0]?.path ?? '';
    await other.close();
    await expect(stat(dirname(path))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
