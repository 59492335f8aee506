import { afterAll, afterEach, beforeAll, describe, expect, it, test } from 'vitest';
import { PhoneError } from '../../src/sandbox/phone/phone-error.ts';
import type { Fault } from '../../src/sandbox/gateway/faults.ts';
import { closePages, startLab, startLogin, untilState, type Lab } from '../support/lab.ts';
import { takeScreenshot } from '../support/screenshots.ts';

let lab: Lab;
beforeAll(async () => void (lab = await startLab({ qrLifetimeSeconds: 5 })));
afterEach(async () => {
  lab.world.gateway.setFaults([]);
  await closePages(lab);
});
afterAll(() => lab.close());

async function begin() {
  const page = await lab.openSite();
  const opening = lab.nextPrompt();
  const report = await startLogin(page);
  return { page, report, prompt: await opening };
}

describe('a front server that lies when it opens never gets its QR shown', () => {
  const lies: Fault[] = [
    { kind: 'garbage', call: 'open' },
    { kind: 'huge', call: 'open' },
    { kind: 'foreignBusinessId', call: 'open' },
    { kind: 'foreignDigest' },
    { kind: 'foreignBase' },
    { kind: 'absurdExpiry', expiresIn: -5 },
  ];
  test.each(lies)('%o', async (lie) => {
    lab.world.gateway.setFaults([lie]);
    const { prompt, report } = await begin();
    expect(await report()).toMatchObject({ error: { code: 'FRONT_SERVER_PROTOCOL' } });
    await untilState(prompt, 'failed');
    expect(await prompt.locator('.qr-code').count()).toBe(0);
  });
});

const unlessEnded = (error: unknown) => {
  if (!(error instanceof PhoneError) || error.code !== 'ended') throw error;
};

describe('a front server that lies later', () => {
  const lies: [Fault, string][] = [
    [{ kind: 'foreignBusinessId', call: 'events' }, 'FRONT_SERVER_PROTOCOL'],
    [{ kind: 'sequenceGap' }, 'FRONT_SERVER_PROTOCOL'],
    [{ kind: 'unknownEvent' }, 'FRONT_SERVER_PROTOCOL'],
    [{ kind: 'foreignBusinessId', call: 'result' }, 'FRONT_SERVER_PROTOCOL'],
    [{ kind: 'resultOfAnotherOrigin' }, 'RESULT_MISMATCH'],
    [{ kind: 'resultOfAnotherSession' }, 'RESULT_MISMATCH'],
    [{ kind: 'malformedResult' }, 'FRONT_SERVER_PROTOCOL'],
  ];
  test.each(lies)('%o ends in %s', async (lie, code) => {
    const { prompt, report } = await begin();
    await untilState(prompt, 'awaitingScan');
    lab.world.gateway.setFaults([lie]);
    const pending = await lab.scan(prompt);
    // A lie about events may be found out, and the session ended, before the phone confirms.
    await lab.phone.confirm(pending, lab.subscriber.credential).catch(unlessEnded);
    expect(await report()).toMatchObject({ error: { code } });
  });

  it('and replays its events changes nothing', async () => {
    lab.world.gateway.setFaults([{ kind: 'replayedEvents' }]);
    const { prompt, report } = await begin();
    const pending = await lab.scan(prompt);
    await untilState(prompt, 'scanned');
    await lab.phone.confirm(pending, lab.subscriber.credential);
    expect(await report()).toMatchObject({ result: { businessId: pending.businessId } });
  });
});

describe('a front server in trouble', () => {
  it('that is down ends in a code within the stated bound', async () => {
    lab.world.gateway.setFaults([{ kind: 'down' }]);
    const { prompt, report } = await begin();
    const { error, milliseconds } = await report();
    expect(error).toMatchObject({ code: 'FRONT_SERVER_UNREACHABLE', retry: true });
    expect(milliseconds).toBeLessThan(18_000);
    await untilState(prompt, 'failed');
    await takeScreenshot(prompt, 'prompt front server down');
  });

  it('that comes back meanwhile goes on', async () => {
    lab.world.gateway.setFaults([{ kind: 'serverError', call: 'open', times: 3 }]);
    const { prompt, report } = await begin();
    const pending = await lab.scan(prompt);
    await lab.phone.confirm(pending, lab.subscriber.credential);
    expect(await report()).toMatchObject({ result: { businessId: pending.businessId } });
  });

  it('that is slow shows that it is being asked', async () => {
    lab.world.gateway.setFaults([{ kind: 'slow', call: 'open', delayMs: 1_000 }]);
    const { prompt, report } = await begin();
    await untilState(prompt, 'preparing');
    await takeScreenshot(prompt, 'prompt preparing');
    await untilState(prompt, 'awaitingScan');
    await prompt.close();
    await report();
  });
});

it('an expired QR is no longer shown, and its renewal has a new id that logs in', async () => {
  const { prompt, report } = await begin();
  await untilState(prompt, 'awaitingScan');
  const before = lab.world.gateway.sessions().at(-1)?.businessId;
  await untilState(prompt, 'expired');
  expect(await prompt.locator('.qr-code').count()).toBe(0);
  await takeScreenshot(prompt, 'prompt expired');
  await prompt.getByRole('button', { name: '刷新二维码' }).click();
  await untilState(prompt, 'awaitingScan');
  const pending = await lab.scan(prompt);
  expect(pending.businessId).not.toBe(before);
  await lab.phone.confirm(pending, lab.subscriber.credential);
  expect(await report()).toMatchObject({ result: { businessId: pending.businessId } });
});
