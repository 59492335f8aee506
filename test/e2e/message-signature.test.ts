import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { memorySource } from '../../src/lib/byte-source.ts';
import { utf8 } from '../../src/lib/bytes.ts';
import { readTrustAnchors, verifyFile } from '../../src/verifier/verifier.ts';
import { closePages, startLab, untilState, type Lab } from '../support/lab.ts';
import { giveFiles, startSigning } from '../support/signing-calls.ts';
import { takeScreenshot } from '../support/screenshots.ts';

let lab: Lab;
beforeAll(async () => void (lab = await startLab()));
afterEach(() => closePages(lab));
afterAll(() => lab.close());

const anchors = () => readTrustAnchors(lab.world.authority.root);

it('a bidder signs a text that they have read, and the site can verify it', async () => {
  const page = await lab.openSite();
  const opening = lab.nextPrompt();
  const report = await startSigning(
    page,
    `bridge.signMessage({ text: '我方确认参加投标。', form: 'attached' }, options)`,
  );
  const prompt = await opening;
  await prompt.getByText('我方确认参加投标。').waitFor();
  await prompt.getByRole('radio', { name: /中招互连/ }).check();
  await untilState(prompt, 'awaitingScan');
  await takeScreenshot(prompt, 'message awaitingScan');
  await lab.signOnPhone(await lab.scanToSign(prompt));

  const { files, states, signer } = await report();
  expect(states).toEqual([
    'requested',
    'awaitingConsent',
    'preparing',
    'awaitingScan',
    'scanned',
    'arranging',
    'signing',
    'confirmed',
    'completing',
  ]);
  expect(signer).toMatchObject({ organization: '湛江测试建设有限公司' });
  const [message] = files;
  if (message === undefined) throw new Error('no message');
  expect(message.name).toBe('message.txt.p7s');
  expect(Buffer.from(message.bytes).includes('我方确认参加投标。')).toBe(true);
  const judged = await verifyFile({ file: message.bytes, anchors: anchors() });
  expect(judged.signatures).toMatchObject([{ signer: { organization: '湛江测试建设有限公司' } }]);
  expect(['valid', 'validWithWarnings']).toContain(judged.verdict);
});

it('a detached signature over a file is over that file and no other', async () => {
  const content = utf8('a file of the bidder\n'.repeat(50_000));
  const page = await lab.openSite();
  await giveFiles(page, [{ name: '报价表.txt', bytes: content }]);
  const opening = lab.nextPrompt();
  const report = await startSigning(
    page,
    `bridge.signMessage({ file: files[0], form: 'detached', platform: 'zhongzhao-hulian' }, options)`,
  );
  const prompt = await opening;
  await untilState(prompt, 'awaitingScan');
  await takeScreenshot(prompt, 'message of a file awaitingScan');
  await lab.signOnPhone(await lab.scanToSign(prompt));
  const [message] = (await report()).files;
  if (message === undefined) throw new Error('no message');
  expect(message.bytes.length).toBeLessThan(10_000);
  const judge = (over: Uint8Array) =>
    verifyFile({ file: message.bytes, content: memorySource(over), anchors: anchors() });
  expect((await judge(content)).verdict).not.toBe('invalid');
  expect((await judge(content.slice(1))).verdict).toBe('invalid');
});
