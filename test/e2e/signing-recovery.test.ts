import { readdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { samplePdf } from '../../src/sandbox/trading-site/sample-pdf.ts';
import type { Page } from 'playwright-core';
import { writePaddedPdf } from '../bench/padded-pdf.ts';
import { clientFolders, clientLog, signatureClients } from '../support/client-processes.ts';
import { closePages, startLab, untilState, type Lab } from '../support/lab.ts';
import { listedSignatures, qpdfComplaints } from '../support/pdf-judges.ts';
import { takeScreenshot } from '../support/screenshots.ts';
import {
  pickCompanySeal,
  startMessage,
  startSealing,
  startSigning,
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
const newest = () => lab.world.gateway.sessions().at(-1)?.state;

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
  await nothingIsLeft();
  return listedSignatures(file.bytes);
}

/** One seal over all of the file. */
const oneSeal = [{ coversWholeFile: true }];

async function nothingIsLeft(): Promise<void> {
  const left = async () => [signatureClients(lab.browser), await clientFolders(lab.browser)];
  await expect.poll(left, { timeout: 5_000 }).toEqual([[], []]);
}

interface Frozen extends Signing {
  readonly client: number;
}

/** Asks for a seal on a big file, and stops the client at the first moment when `isThere` holds of its process id. */
async function frozenWhen(isThere: (client: number) => boolean): Promise<Frozen> {
  const page = await lab.openSite();
  await page.evaluate(`document.body.innerHTML = '<input type=file id=big>'`);
  await page.locator('#big').setInputFiles(bigPdf);
  const opening = lab.nextPrompt();
  const report = await startSigning(
    page,
    `bridge.seal({ files: [{ file: document.querySelector('#big').files[0], places: [{ kind: 'point', page: 1, x: 200,
      y: 200 }] }], platform: 'zhongzhao-hulian' }, options)`,
  );
  const client = await stopClientWhen(isThere);
  const prompt = await opening;
  await untilState(prompt, 'requested');
  return { page, prompt, report, client };
}

async function stopClientWhen(isThere: (client: number) => boolean): Promise<number> {
  for (;;) {
    const client = signatureClients(lab.browser).find(isThere);
    if (client !== undefined) {
      process.kill(client, 'SIGSTOP');
      return client;
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const whileStarting = () => frozenWhen(() => true);
const whileReading = () => frozenWhen(hasPartOfFile);

function hasPartOfFile(client: number): boolean {
  const folder = readdirSync(tmpdir()).find((name) => name.startsWith(`ca-bridge-client-${client}-`));
  if (folder === undefined) return false;
  const path = join(tmpdir(), folder);
  return readdirSync(path).some((name) => name.endsWith('.part') && statSync(join(path, name)).size > 0);
}

describe('a worker killed goes on with the files that the page hands over again', () => {
  it('while the client reads', async () => {
    const { prompt, report, client } = await whileReading();
    await lab.browser.killWorker();
    process.kill(client, 'SIGCONT');
    await untilState(prompt, 'awaitingScan');
    await lab.phone.identify(await lab.scanToSign(prompt), lab.subscriber.identity);
    await untilState(prompt, 'arranging');
    expect(signatureClients(lab.browser)).not.toContain(client);
    await prompt.getByRole('button', { name: '取消' }).click();
    expect(await report()).toMatchObject({ error: { code: 'USER_CANCELLED' } });
    await nothingIsLeft();
  });

  it('while the QR waits', async () => {
    const { prompt, report } = await startMessage(lab);
    await untilState(prompt, 'awaitingScan');
    await lab.browser.killWorker();
    await lab.signOnPhone(await lab.scanToSign(prompt));
    expect((await report()).files).toHaveLength(1);
    await nothingIsLeft();
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
    expect(files[0]?.bytes.length).toBeGreaterThan(64 * 1_048_576);
    const since = (await clientLog(lab.browser)).slice(before);
    expect(since.filter(({ event }) => event === 'started')).toHaveLength(1);
    await nothingIsLeft();
  });
});

/** A message over 64 MiB, attached: the client writes as much. */
async function bigMessage(): Promise<Signing> {
  return startMessage(
    lab,
    `bridge.signMessage({ file: new File([new Uint8Array(67108864)], 'big.bin'), form: 'attached',
      platform: 'zhongzhao-hulian' }, options)`,
  );
}

describe('a page that goes, in any state, ends the session', () => {
  const leave: readonly (readonly [string, (page: Page) => Promise<unknown>])[] = [
    ['closes', (page) => page.close()],
    ['goes elsewhere', (page) => page.goto('about:blank')],
    ['reloads', (page) => page.reload()],
  ];

  it.each([
    ['starts', whileStarting],
    ['reads', whileReading],
  ])('closed while the client %s', async (_what, frozen) => {
    const { page, prompt, client } = await frozen();
    await page.close();
    process.kill(client, 'SIGCONT');
    await untilState(prompt, 'cancelled');
    await nothingIsLeft();
  });

  it('closed while the client hangs: it is killed, and the next one sweeps what it left', async () => {
    const { page, prompt } = await whileReading();
    await page.close();
    await untilState(prompt, 'cancelled');
    await expect.poll(() => signatureClients(lab.browser), { timeout: 5_000 }).toEqual([]);
    expect(await clientFolders(lab.browser)).toHaveLength(1);
    const next = await startMessage(lab);
    await untilState(next.prompt, 'awaitingScan');
    await next.page.close();
    await nothingIsLeft();
  });

  it.each(leave)('that %s while the bidder places the seal', async (_how, go) => {
    const { page, prompt } = await startSealing(lab, [bid()], { places });
    await go(page);
    await untilState(prompt, 'cancelled');
    await expect.poll(newest).toBe('cancelled');
    await nothingIsLeft();
    await takeScreenshot(prompt, 'page gone while arranging');
  });

  it('closed while the phone has what is to be signed, and the phone learns it', async () => {
    const { page, prompt, pending } = await confirmed();
    const { toBeSigned } = await lab.phone.untilToBeSigned(pending);
    await page.close();
    await untilState(prompt, 'cancelled');
    await expect.poll(newest).toBe('cancelled');
    await expect(lab.phone.sign(pending, lab.subscriber.credential, toBeSigned)).rejects.toMatchObject({
      code: 'ended',
    });
    await nothingIsLeft();
  });

  it('closed while the signatures are fetched', async () => {
    lab.world.gateway.setFaults([{ kind: 'hang', call: 'result' }]);
    const sealing = await confirmed();
    await sign(sealing);
    await untilState(sealing.prompt, 'confirmed');
    await sealing.page.close();
    await untilState(sealing.prompt, 'cancelled');
    await nothingIsLeft();
  });
});

/** A sealing whose places are confirmed. */
async function confirmed(): Promise<Sealing> {
  const sealing = await arranged();
  await sealing.prompt.getByRole('button', { name: '确认位置，到手机上签署' }).click();
  await untilState(sealing.prompt, 'signing');
  return sealing;
}

describe('who ends a session is told apart', () => {
  // A new worker has forgotten whom the bidder dismissed: a site may not be dismissed more than three times.
  beforeEach(() => lab.browser.killWorker());

  const abort = ({ page }: Signing) => page.evaluate('signing.controller.abort()');
  const closeWindow = ({ prompt }: Signing) => prompt.close();
  const press = ({ prompt }: Signing) => prompt.getByRole('button', { name: '取消' }).click();

  it.each([
    ['the page aborts', 'REQUEST_ABORTED', abort],
    ['the bidder closes the window', 'USER_CANCELLED', closeWindow],
    ['the bidder presses cancel', 'USER_CANCELLED', press],
  ] as const)('%s while the phone has what is to be signed', async (_what, code, how) => {
    const sealing = await confirmed();
    await how(sealing);
    expect(await sealing.report()).toMatchObject({ error: { code }, files: [] });
    await expect.poll(newest).toBe('cancelled');
    await nothingIsLeft();
  });

  it.each([
    ['the page aborts', 'REQUEST_ABORTED', abort],
    ['the bidder closes the window', 'USER_CANCELLED', closeWindow],
    ['the bidder presses cancel', 'USER_CANCELLED', press],
  ] as const)('%s while the client reads', async (_what, code, how) => {
    const signing = await whileReading();
    await how(signing);
    process.kill(signing.client, 'SIGCONT');
    expect(await signing.report()).toMatchObject({ error: { code }, files: [] });
    await nothingIsLeft();
  });
});
