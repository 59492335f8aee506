import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { samplePdf } from '../../src/sandbox/trading-site/sample-pdf.ts';
import { writePaddedPdf } from '../bench/padded-pdf.ts';
import { clientLog, clientRemains, signatureClients } from '../support/client-processes.ts';
import { whileReading } from '../support/frozen-client.ts';
import { closePages, startLab, untilState, type Lab } from '../support/lab.ts';
import { listedSignatures, qpdfComplaints } from '../support/pdf-judges.ts';
import {
  pickCompanySeal,
  startMessage,
  startSealing,
  type Sealing,
  type Signing,
  type SigningReport,
} from '../support/signing-calls.ts';

let lab: Lab;
let bigPdf: string;
beforeAll(async () => {
  lab = await startLab();
  bigPdf = join(lab.browser.profileFolder, 'big.pdf');
  await writePaddedPdf(bigPdf, 160);
});
afterEach(async () => {
  lab.world.gateway.setFaults([]);
  await closePages(lab);
});
afterAll(() => lab.close());

const places = `[{ kind: 'keyword', text: 'SEAL HERE' }]`;
const bid = () => ({ name: '投标文件.pdf', bytes: samplePdf('Bid', 2) });

/** A sealing in `arranging`, its seal picked. */
async function arranged(): Promise<Sealing> {
  const sealing = await startSealing(lab, [bid()], { places });
  await pickCompanySeal(sealing.prompt);
  return sealing;
}

/** The signatures of the one sealed file; after it neither process nor file of the client is left. */
async function signaturesOf({ error, files }: SigningReport) {
  expect(error).toBeUndefined();
  const [file] = files;
  if (file === undefined) throw new Error('no file');
  expect(await qpdfComplaints(file.bytes)).toBe('');
  await untilNothingIsLeft();
  return listedSignatures(file.bytes);
}

/** One seal over all of the file. */
const oneSeal = [{ coversWholeFile: true }];

const untilNothingIsLeft = async () => expect(await clientRemains(lab.browser)).toEqual([]);

describe('a worker killed goes on with the files that the page hands over again', () => {
  it('while the client reads', async () => {
    const { prompt, report, client } = await whileReading(lab, bigPdf);
    await lab.browser.killWorker();
    process.kill(client, 'SIGCONT');
    await untilState(prompt, 'awaitingScan');
    await lab.phone.identify(await lab.scanToSign(prompt), lab.subscriber.identity);
    await untilState(prompt, 'arranging');
    expect(signatureClients(lab.browser)).not.toContain(client);
    await prompt.getByRole('button', { name: '取消' }).click();
    expect(await report()).toMatchObject({ error: { code: 'USER_CANCELLED' } });
    await untilNothingIsLeft();
  });

  it('while the QR waits', async () => {
    const { prompt, report } = await startMessage(lab);
    await untilState(prompt, 'awaitingScan');
    await lab.browser.killWorker();
    await lab.signOnPhone(await lab.scanToSign(prompt));
    expect((await report()).files).toHaveLength(1);
    await untilNothingIsLeft();
  });

  it('while the bidder places the seal, which stays where it is', async () => {
    const sealing = await arranged();
    await lab.browser.killWorker();
    expect(await signaturesOf(await sealing.finish())).toMatchObject(oneSeal);
  });

  it('while the phone has what is to be signed', async () => {
    const sealing = await arranged();
    await sealing.prompt.getByRole('button', { name: '确认位置，到手机上签署' }).click();
    await lab.phone.untilToBeSigned(sealing.pending);
    await lab.browser.killWorker();
    await sign(sealing);
    expect(await signaturesOf(await sealing.report())).toMatchObject(oneSeal);
  });

  it('while the signatures are fetched', async () => {
    lab.world.gateway.setFaults([{ kind: 'slow', call: 'result', delayMs: 1_500 }]);
    const sealing = await arranged();
    await confirmAndSign(sealing);
    await untilState(sealing.prompt, 'confirmed');
    await lab.browser.killWorker();
    expect(await signaturesOf(await sealing.report())).toMatchObject(oneSeal);
  });

  it('while the page is too busy to take its file', async () => {
    const sealing = await arranged();
    await sealing.page.evaluate(
      `setTimeout(() => { const end = Date.now() + 6000; while (Date.now() < end); }, 0); null`,
    );
    await confirmAndSign(sealing);
    await untilState(sealing.prompt, 'completing');
    await lab.browser.killWorker();
    expect(await signaturesOf(await sealing.report())).toMatchObject(oneSeal);
  });
});

async function confirmAndSign(sealing: Sealing): Promise<void> {
  await sealing.prompt.getByRole('button', { name: '确认位置，到手机上签署' }).click();
  await sign(sealing);
}

async function sign({ pending }: Sealing): Promise<void> {
  const { toBeSigned } = await lab.phone.untilToBeSigned(pending);
  await lab.phone.sign(pending, lab.subscriber.credential, toBeSigned);
}

/** Kills the one client that runs, as a crash would. */
function killClient(): number {
  const [client, ...others] = signatureClients(lab.browser);
  if (client === undefined || others.length > 0) throw new Error('not one client');
  process.kill(client, 'SIGKILL');
  return client;
}

describe('a client killed is replaced by a new one', () => {
  it('while the bidder places the seal', async () => {
    const sealing = await arranged();
    killClient();
    expect(await signaturesOf(await sealing.finish())).toMatchObject(oneSeal);
  });

  it('while the phone has what is to be signed', async () => {
    const sealing = await arranged();
    await sealing.prompt.getByRole('button', { name: '确认位置，到手机上签署' }).click();
    await lab.phone.untilToBeSigned(sealing.pending);
    const killed = killClient();
    await sign(sealing);
    expect(await signaturesOf(await sealing.report())).toMatchObject(oneSeal);
    const started = (await clientLog(lab.browser)).flatMap((event) =>
      event.event === 'started' ? [event.pid] : [],
    );
    expect(started.at(-1)).not.toBe(killed);
  });

  it('while it writes', async () => {
    const { prompt, report } = await bigMessage();
    await untilState(prompt, 'awaitingScan');
    const before = (await clientLog(lab.browser)).length;
    await lab.signOnPhone(await lab.scanToSign(prompt));
    const writing = async () =>
      (await clientLog(lab.browser))
        .slice(before)
        .some((event) => event.event === 'jobStarted' && event.method === 'message.complete');
    await expect.poll(writing, { interval: 10 }).toBe(true);
    killClient();
    const { error, files } = await report();
    expect(error).toBeUndefined();
    expect(files[0]?.bytes.length).toBeGreaterThan(24 * 1_048_576);
    const since = (await clientLog(lab.browser)).slice(before);
    expect(since.filter(({ event }) => event === 'started')).toHaveLength(1);
    await untilNothingIsLeft();
  });
});

/** A message over 24 MiB, attached: the client writes as much. */
async function bigMessage(): Promise<Signing> {
  return startMessage(
    lab,
    `bridge.signMessage({ file: new File([new Uint8Array(25165824)], 'big.bin'), form: 'attached',
      platform: 'zhongzhao-hulian' }, options)`,
  );
}
