import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, test } from 'vitest';
import type { Page } from 'playwright-core';
import { samplePdf } from '../../src/sandbox/trading-site/sample-pdf.ts';
import { hostileRequests } from '../fixtures/hostile-documents.ts';
import { signatureClients } from '../support/client-processes.ts';
import { addSdk, closePages, fieldOrigin, startLab, untilState, type Lab } from '../support/lab.ts';
import { rewriteWithQpdf } from '../support/pdf-judges.ts';
import { takeScreenshot } from '../support/screenshots.ts';
import { giveFiles, startMessage, startSigning, type Signing } from '../support/signing-calls.ts';

let lab: Lab;
beforeAll(async () => void (lab = await startLab()));
afterAll(() => lab.close());

const prompts = () =>
  lab.browser.context.pages().filter((page) => page.url().includes('/prompt/prompt.html'));

describe('a request for documents that is not sound is refused, and nothing happens', () => {
  let page: Page;
  beforeAll(async () => {
    page = await lab.openSite();
    // The page's own way to a port, without the SDK.
    await page.evaluate(`new Promise((resolve) => {
      globalThis.pdf = new Blob(['%PDF-1.7'], { type: 'application/pdf' });
      const nonce = crypto.randomUUID();
      addEventListener('message', ({ data, ports: [port] }) => {
        if (data?.caBridge !== 'announce' || data.nonce !== nonce) return;
        globalThis.ask = (method, params) => new Promise((answered) => {
          const id = crypto.randomUUID();
          port.addEventListener('message', function hear({ data: reply }) {
            if (reply.id !== id || !['result', 'error'].includes(reply.type)) return;
            port.removeEventListener('message', hear);
            answered(reply.error?.code ?? 'answered');
          });
          port.postMessage({ type: 'request', id, method, params });
        });
        port.start();
        resolve(null);
      });
      postMessage({ caBridge: 'ask', nonce }, location.origin);
    })`);
    await (await lab.browser.worker()).evaluate('globalThis.isTheFirst = true');
  });
  afterAll(() => closePages(lab));

  test.each(hostileRequests)('$method: $kind', async ({ method, params }) => {
    expect(await page.evaluate(`ask('${method}', ${params})`)).toBe('BAD_REQUEST');
    // A sound request behind it: once that is answered, the hostile one has been dealt with.
    expect(await page.evaluate(`ask('capabilities', {})`)).toBe('answered');
    expect(prompts()).toEqual([]);
    expect(signatureClients(lab.browser)).toEqual([]);
  });

  it('the worker has lived through all of it, and no front server has heard of it', async () => {
    expect(await (await lab.browser.worker()).evaluate('globalThis.isTheFirst')).toBe(true);
    expect(lab.world.gateway.sessions()).toEqual([]);
    expect(await page.evaluate('({}).isAdmin')).toBeUndefined();
  });
});

describe('a document that cannot be signed', () => {
  afterEach(() => closePages(lab));

  /** The page's code, which comes before anybody is asked to scan; the window says what to do about it. */
  async function refusalOf({ prompt, report }: Signing, remedy: string) {
    const { error, files } = await report();
    expect(files).toEqual([]);
    await untilState(prompt, 'failed');
    await prompt.getByText(remedy).waitFor();
    await takeScreenshot(prompt, `refused ${error?.code}`);
    expect(lab.world.gateway.sessions()).toEqual([]);
    await expect.poll(() => signatureClients(lab.browser), { timeout: 5_000 }).toEqual([]);
    return error?.code;
  }

  async function sealOf(bytes: Uint8Array, name = '投标文件.pdf'): Promise<Signing> {
    const page = await lab.openSite();
    await giveFiles(page, [{ name, bytes }]);
    const opening = lab.nextPrompt();
    const report = await startSigning(
      page,
      `bridge.seal({ files: files.map((file) => ({ file })), platform: 'zhongzhao-hulian' }, options)`,
    );
    return { page, prompt: await opening, report };
  }

  it('an empty file', async () => {
    expect(await refusalOf(await sealOf(new Uint8Array()), '请选择正确的文件。')).toBe('DOCUMENT_EMPTY');
  });

  it('an empty message', async () => {
    const call = `bridge.signMessage({ text: '', form: 'attached', platform: 'zhongzhao-hulian' }, options)`;
    expect(await refusalOf(await startMessage(lab, call), '请选择正确的文件。')).toBe('DOCUMENT_EMPTY');
  });

  it('a file that is no PDF', async () => {
    const word = Buffer.from('PK\u0003\u0004 word/document.xml');
    expect(await refusalOf(await sealOf(word), '请选择 PDF 文件。')).toBe('DOCUMENT_NOT_PDF');
  });

  it('an encrypted PDF', async () => {
    const encrypted = await rewriteWithQpdf(samplePdf('Bid', 1), '--encrypt', '', 'owner', '256', '--');
    expect(await refusalOf(await sealOf(encrypted), '请去掉密码和限制，另存后再签章。')).toBe(
      'DOCUMENT_ENCRYPTED',
    );
  });

  it('a PDF cut short', async () => {
    const cut = samplePdf('Bid', 3).subarray(0, 900);
    expect(await refusalOf(await sealOf(cut), '请重新生成或重新下载该文件。')).toBe('DOCUMENT_DAMAGED');
  });

  it('one bad file among good ones: no file at all', async () => {
    const page = await lab.openSite();
    const good = samplePdf('Bid', 1);
    await giveFiles(page, [
      { name: '一.pdf', bytes: good },
      { name: '二.pdf', bytes: Buffer.from('no PDF') },
      { name: '三.pdf', bytes: good },
    ]);
    const opening = lab.nextPrompt();
    const report = await startSigning(
      page,
      `bridge.seal({ files: files.map((file) => ({ file })), platform: 'zhongzhao-hulian' }, options)`,
    );
    expect(await refusalOf({ page, prompt: await opening, report }, '请选择 PDF 文件。')).toBe(
      'DOCUMENT_NOT_PDF',
    );
  });

  describe('on the disk', () => {
    let path: string;
    beforeAll(() => void (path = join(lab.browser.profileFolder, 'bid.pdf')));

    /** The bidder has chosen the file; what happens to it before the site asks for a seal is up to `change`. */
    async function chosenThen(
      change: () => Promise<void>,
      method: 'seal' | 'signMessage' = 'seal',
    ): Promise<Signing> {
      await writeFile(path, samplePdf('Bid', 2));
      const page = await lab.openSite();
      await page.evaluate(`document.body.innerHTML = '<input type=file>'`);
      await page.locator('input').setInputFiles(path);
      await change();
      const opening = lab.nextPrompt();
      const file = `document.querySelector('input').files[0]`;
      const params = { seal: `files: [{ file: ${file} }]`, signMessage: `file: ${file}, form: 'attached'` };
      const report = await startSigning(
        page,
        `bridge.${method}({ ${params[method]}, platform: 'zhongzhao-hulian' }, options)`,
      );
      return { page, prompt: await opening, report };
    }

    it('deleted after it was chosen', async () => {
      const signing = await chosenThen(() => rm(path));
      expect(await refusalOf(signing, '请保持文件不动，在网页上重新选择。')).toBe('DOCUMENT_GONE');
    });

    it('changed after it was chosen', async () => {
      const signing = await chosenThen(() => writeFile(path, samplePdf('Another bid', 3)));
      expect(await refusalOf(signing, '请保持文件不动，在网页上重新选择。')).toBe('DOCUMENT_GONE');
    });

    it('changed after it was read, and needed again by a new worker', async () => {
      const { prompt, report } = await chosenThen(() => Promise.resolve(), 'signMessage');
      await untilState(prompt, 'awaitingScan');
      await writeFile(path, samplePdf('Another bid', 3));
      await lab.browser.killWorker();
      await lab.phone.identify(await lab.scanToSign(prompt), lab.subscriber.identity);
      expect(await report()).toMatchObject({ files: [], error: { code: 'DOCUMENT_GONE' } });
      await expect.poll(() => lab.world.gateway.sessions().at(-1)?.state).toBe('cancelled');
    });

    it('changed after it was read, while the client has its copy: signed is what was shown', async () => {
      const { prompt, report } = await chosenThen(() => Promise.resolve(), 'signMessage');
      await untilState(prompt, 'awaitingScan');
      await writeFile(path, samplePdf('Another bid', 3));
      await lab.signOnPhone(await lab.scanToSign(prompt));
      const [message] = (await report()).files;
      expect(Buffer.from(message?.bytes ?? []).includes(Buffer.from(samplePdf('Bid', 2)))).toBe(true);
    });
  });
});

describe('what a page may not do', () => {
  afterEach(() => closePages(lab));

  it('ask twice at once: the second call is refused, the first goes on', async () => {
    const { page, prompt, report } = await startMessage(lab);
    await untilState(prompt, 'awaitingScan');
    const second = await page.evaluate(`CaBridge.connectBridge()
      .then((bridge) => bridge.signMessage({ text: 'second', form: 'attached' }))
      .then(() => 'signed', (error) => error.code)`);
    expect(second).toBe('SESSION_BUSY');
    expect(prompts()).toHaveLength(1);
    await lab.signOnPhone(await lab.scanToSign(prompt));
    expect((await report()).files).toHaveLength(1);
  });

  it('show a name that reads otherwise than it is', async () => {
    const page = await lab.openSite();
    await giveFiles(page, [{ name: '报价表\u202Etxt.pdf', bytes: samplePdf('Bid', 1) }]);
    const opening = lab.nextPrompt();
    await startSigning(
      page,
      `bridge.seal({ files: files.map((file) => ({ file })), platform: 'zhongzhao-hulian' }, options)`,
    );
    const prompt = await opening;
    await untilState(prompt, 'awaitingScan');
    expect(await prompt.getByText('报价表_txt.pdf').count()).toBeGreaterThan(0);
    expect(await prompt.content()).not.toContain('\u202E');
    await prompt.close();
  });

  it('speak as the extension that tests itself', async () => {
    const page = await lab.openSite();
    await addSdk(page);
    const own = `chrome-extension://${lab.browser.extensionId}`;
    const connected = await page.evaluate(`globalThis.chrome?.runtime?.connect === undefined`);
    expect(connected).toBe(true);
    await page.evaluate(`new Promise((loaded) => {
      const frame = document.createElement('iframe');
      frame.addEventListener('load', () => loaded(null));
      frame.src = '${own}/src/extension/self-test/self-test.html';
      document.body.append(frame);
    })`);
    expect(page.frames().some((frame) => frame.url().startsWith(own))).toBe(false);
    const signing = await startMessage(lab);
    await untilState(signing.prompt, 'awaitingScan');
    expect(lab.world.gateway.sessions().at(-1)).toMatchObject({ origin: fieldOrigin });
    await signing.prompt.close();
  });
});
