import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toBase64 } from '../../../src/lib/bytes.ts';
import { sampleProject } from '../../../src/sandbox/trading-site/sample-project.ts';
import { sampleBid } from '../../unit/verifier/sample-bid.ts';
import { createSiteClient, projectAt, type SiteClient } from './site-client.ts';
import { startTestWorld, type TestWorld } from './test-world.ts';

const hour = 3_600_000;
const plain = { name: '投标文件.pdf', size: 200_000, sm3: 'b2'.repeat(32) };
let now: number;
let world: TestWorld;
let browser: SiteClient;
beforeEach(async () => {
  now = Date.now();
  world = await startTestWorld({ clock: () => now });
  browser = createSiteClient(world.siteOrigin);
  const upload = { name: '投标文件.pdf.cabid', ...sampleBid([world.centre.encryption.certificate]) };
  await browser.upload(upload);
});
afterEach(() => world.close());

async function answer(asked: Promise<Response>): Promise<{ status: number; body: unknown }> {
  const response = await asked;
  return { status: response.status, body: await response.json() };
}

const readOut = (body: unknown = { n: 1, plain }) => answer(browser.post(projectAt('opened'), body));
const readings = () => answer(browser.get(projectAt('opened')));
const refused = (status: number, error: string) => ({ status, body: { error } });

describe('before the opening time', () => {
  const tooEarly = refused(409, 'OPENING_TIME_NOT_REACHED');

  it('nothing is read out, not in the last millisecond', async () => {
    now += hour - 1;
    expect(await readOut()).toEqual(tooEarly);
    expect(await readings()).toEqual(tooEarly);
  });

  it('the project says when it will be, and who must be able to open', async () => {
    expect(await answer(browser.get('/api/projects'))).toEqual({
      status: 200,
      body: {
        now,
        projects: [
          {
            ...sampleProject,
            openingTime: now + hour,
            isOpen: false,
            recipients: [toBase64(world.centre.encryption.certificate)],
          },
        ],
      },
    });
  });
});

describe('from the opening time on', () => {
  beforeEach(() => {
    now += hour;
  });

  it.each([
    ['another size than the header says', { n: 1, plain: { ...plain, size: 1 } }, 422, 'RESULT_MISMATCH'],
    ['a bid that nobody uploaded', { n: 2, plain }, 404, 'BID_UNKNOWN'],
    ['no bid', { plain }, 404, 'BID_UNKNOWN'],
    ['no facts', { n: 1 }, 400, 'BAD_REQUEST'],
    ['a digest that is none', { n: 1, plain: { ...plain, sm3: 'B2' } }, 400, 'BAD_REQUEST'],
    ['a size that is none', { n: 1, plain: { ...plain, size: -1 } }, 400, 'BAD_REQUEST'],
    ['no name', { n: 1, plain: { ...plain, name: '' } }, 400, 'BAD_REQUEST'],
  ])('%s is not read out', async (_what, body, status, error) => {
    expect(await readOut(body)).toMatchObject({ status, body: { error } });
    expect(await readings()).toEqual({ status: 200, body: { readings: [] } });
  });

  it('another site cannot read out', async () => {
    const forged = browser.post(projectAt('opened'), { n: 1, plain }, { origin: 'https://evil.test' });
    expect(await answer(forged)).toEqual(refused(403, 'FOREIGN_REQUEST'));
  });

  it('what was opened is read out, and stays as it is', async () => {
    const reading = { n: 1, plain, openedAt: now };
    expect(await readOut()).toEqual({ status: 201, body: reading });
    now += 1;
    expect(await readOut()).toEqual({ status: 201, body: reading });
    const other = { n: 1, plain: { ...plain, sm3: 'c3'.repeat(32) } };
    expect(await readOut(other)).toMatchObject({ status: 422 });
    expect(await readings()).toEqual({ status: 200, body: { readings: [reading] } });
  });
});

describe('moving the opening time, a facility for tests', () => {
  const move = (openingTime: unknown) => answer(browser.post(projectAt('opening-time'), { openingTime }));

  it.each(['soon', -1, 1.5, null, 1e18])('not to %s', async (time) => {
    expect(await move(time)).toEqual(refused(400, 'BAD_REQUEST'));
  });

  it('not from another site', async () => {
    const headers = { origin: 'https://evil.test' };
    const forged = browser.post(projectAt('opening-time'), { openingTime: 'now' }, headers);
    expect(await answer(forged)).toEqual(refused(403, 'FOREIGN_REQUEST'));
  });

  it('to now: bids can be opened at once', async () => {
    expect(await move('now')).toMatchObject({ status: 200, body: { isOpen: true, openingTime: now } });
    expect(await readOut()).toMatchObject({ status: 201 });
  });

  it('to later: bids can be uploaded again', async () => {
    await move('now');
    expect(await move(now + hour)).toMatchObject({ status: 200, body: { isOpen: false } });
    const upload = { name: 'later.cabid', ...sampleBid([world.centre.encryption.certificate]) };
    expect((await browser.upload(upload)).status).toBe(201);
  });

  it('by the test itself', async () => {
    world.site.setOpeningTime(now);
    expect(await readOut()).toMatchObject({ status: 201 });
  });
});

it.each(['other', '__proto__', 'constructor'])('there is no project %s', async (id) => {
  const missing = refused(404, 'PROJECT_UNKNOWN');
  expect(await answer(browser.get(`/api/projects/${id}/bids`))).toEqual(missing);
  expect(await answer(browser.post(`/api/projects/${id}/opened`))).toEqual(missing);
});
