import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { samplePdf } from '../../src/sandbox/trading-site/sample-pdf.ts';
import { closePages, startLab, untilState, type Lab } from '../support/lab.ts';
import { qpdfComplaints } from '../support/pdf-judges.ts';
import { giveFiles, pickCompanySeal, startSealing, startSigning } from '../support/signing-calls.ts';
import { takeScreenshot } from '../support/screenshots.ts';
import { testSubscriber } from '../support/test-subscriber.ts';

let lab: Lab;
beforeAll(async () => void (lab = await startLab()));
afterEach(() => closePages(lab));
afterAll(() => lab.close());

async function sealed(bytes: Uint8Array): Promise<Uint8Array> {
  const places = `[{ kind: 'keyword', text: 'SEAL HERE' }]`;
  const { prompt, finish } = await startSealing(lab, [{ name: 'bid.pdf', bytes }], { places });
  await pickCompanySeal(prompt);
  const [file] = (await finish()).files;
  await closePages(lab);
  if (file === undefined) throw new Error('no file');
  return file.bytes;
}

async function startRevoking(bytes: Uint8Array) {
  const page = await lab.openSite();
  await giveFiles(page, [{ name: 'bid.pdf', bytes }]);
  const opening = lab.nextPrompt();
  const call = `bridge.revokeSeal({ file: files[0], platform: 'zhongzhao-hulian' }, options)`;
  const report = await startSigning(page, call);
  return { report, prompt: await opening };
}

it('a bidder takes back their last seal, and has the file as it was before', async () => {
  const original = samplePdf('Bid', 2);
  const once = await sealed(original);
  const { report, prompt } = await startRevoking(once);
  await untilState(prompt, 'awaitingScan');
  await takeScreenshot(prompt, 'revoke awaitingScan');
  await lab.signOnPhone(await lab.scanToSign(prompt));
  const { files, error } = await report();
  expect(error).toBeUndefined();
  expect(Buffer.from(files[0]?.bytes ?? []).equals(Buffer.from(original))).toBe(true);
});

it('of two seals the last one goes, and the first stays', async () => {
  const once = await sealed(samplePdf('Bid', 2));
  const { report, prompt } = await startRevoking(await sealed(once));
  await lab.signOnPhone(await lab.scanToSign(prompt));
  const [file] = (await report()).files;
  expect(Buffer.from(file?.bytes ?? []).equals(Buffer.from(once))).toBe(true);
  expect(await qpdfComplaints(once)).toBe('');
});

it("another's seal stays", async () => {
  const once = await sealed(samplePdf('Bid', 1));
  const { report, prompt } = await startRevoking(once);
  const other = testSubscriber(lab.world.authority);
  const pending = await lab.scanToSign(prompt);
  await lab.phone.identify(pending, other.identity);
  expect(await report()).toMatchObject({ error: { code: 'SEAL_NOT_YOURS' } });
  await untilState(prompt, 'failed');
  await takeScreenshot(prompt, 'revoke of another seal refused');
});

it('a file without a seal is refused before anybody scans', async () => {
  const { report, prompt } = await startRevoking(samplePdf('Bid', 1));
  expect(await report()).toMatchObject({ error: { code: 'SEAL_NOT_FOUND' } });
  await untilState(prompt, 'failed');
});
