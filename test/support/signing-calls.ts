import type { Page } from 'playwright-core';
import type { PendingSigning, PhoneIdentity } from '../../src/sandbox/phone/phone-agent.ts';
import { addSdk, untilState, type Lab } from './lab.ts';

/** What a page got from a signing call. */
export interface SigningReport {
  readonly files: readonly { readonly name: string; readonly sm3: string; readonly bytes: Uint8Array }[];
  readonly signer?: { readonly name: string; readonly organization?: string };
  readonly error?: { readonly code: string; readonly message: string; readonly retry: boolean };
  readonly states: readonly string[];
}

/** A file to hand to the page. */
export interface PageFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * Puts files into the page as `files[0]`, `files[1]` …: what a bidder's file chooser would give it.
 */
export async function giveFiles(page: Page, files: readonly PageFile[]): Promise<void> {
  await page.evaluate(() => {
    const input = document.createElement('input');
    input.type = 'file';
    input.multiple = true;
    input.id = 'given-files';
    input.addEventListener('change', () => Reflect.set(globalThis, 'files', [...(input.files ?? [])]));
    document.body.append(input);
  });
  await page
    .locator('#given-files')
    .setInputFiles(
      files.map(({ name, bytes }) => ({ name, mimeType: 'application/pdf', buffer: Buffer.from(bytes) })),
    );
}

/**
 * Starts a call of the SDK in the page and gives a handle to its report. `call` is JavaScript over `bridge`, `files`
 * and `options`; the page can abort it by `signing.controller.abort()`.
 */
export async function startSigning(page: Page, call: string): Promise<() => Promise<SigningReport>> {
  await addSdk(page);
  await page.evaluate(`(() => {
    const controller = new AbortController();
    const states = [];
    const options = { signal: controller.signal, onState: (state) => states.push(state) };
    const base64 = (file) => new Promise((resolve, reject) => {
      const reader = new FileReader();
      reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(',') + 1));
      reader.onerror = () => reject(reader.error);
      reader.readAsDataURL(file);
    });
    const done = CaBridge.connectBridge()
      .then((bridge) => ${call})
      .then(async (result) => ({
        signer: result.signer, states,
        files: await Promise.all((result.files ?? [result]).map(async ({ file, sm3 }) => ({
          name: file.name, sm3, data: await base64(file) }))),
      }), ({ code, message, retry }) => ({ error: { code, message, retry }, states, files: [] }));
    globalThis.signing = { controller, done, states };
  })()`);
  return async () => {
    const report = await page.evaluate<
      Omit<SigningReport, 'files'> & { files: { name: string; sm3: string; data: string }[] }
    >('signing.done');
    const files = report.files.map(({ data, ...file }) => ({ ...file, bytes: Buffer.from(data, 'base64') }));
    return { ...report, files };
  };
}

/** A request on its way: the page that asked, the window that shows it, and what the page will get. */
export interface Signing {
  readonly page: Page;
  readonly prompt: Page;
  readonly report: () => Promise<SigningReport>;
}

/** Asks for a signed text, or for what `call` says, and gives the window that opens. */
export async function startMessage(
  lab: Lab,
  call = `bridge.signMessage({ text: '我方确认参加投标。', form: 'attached', platform: 'zhongzhao-hulian' }, options)`,
): Promise<Signing> {
  const page = await lab.openSite();
  const opening = lab.nextPrompt();
  const report = await startSigning(page, call);
  return { page, prompt: await opening, report };
}

/** A seal on its way: the window waits for seal and places, the phone for what is to be signed. */
export interface Sealing extends Signing {
  readonly pending: PendingSigning;
  /** Presses the button that sends the places to the phone, signs there, and waits for the page's result. */
  finish(): Promise<SigningReport>;
}

/**
 * Asks for seals on a page, scans the window and identifies the phone, up to the choice of seal and places.
 * @param places JavaScript of the proposed places of each file
 */
export async function startSealing(
  lab: Lab,
  files: readonly PageFile[],
  {
    places = '[]',
    format = 'cms',
    identity = lab.subscriber.identity,
  }: { places?: string; format?: 'cms' | 'ses'; identity?: PhoneIdentity } = {},
): Promise<Sealing> {
  const page = await lab.openSite();
  await giveFiles(page, files);
  const opening = lab.nextPrompt();
  const report = await startSigning(
    page,
    `bridge.seal({ files: files.map((file) => ({ file, places: ${places} })), format: '${format}',
      platform: 'zhongzhao-hulian' }, options)`,
  );
  const prompt = await opening;
  await untilState(prompt, 'awaitingScan');
  const pending = await lab.scanToSign(prompt);
  await lab.phone.identify(pending, identity);
  await untilState(prompt, 'arranging');
  return {
    page,
    prompt,
    report,
    pending,
    async finish() {
      await prompt.getByRole('button', { name: '确认位置，到手机上签署' }).click();
      const { toBeSigned, signingNumber } = await lab.phone.untilToBeSigned(pending);
      await prompt
        .locator('.matching', { hasText: [...signingNumber].join('') })
        .first()
        .waitFor();
      await lab.phone.sign(pending, lab.subscriber.credential, toBeSigned);
      return report();
    },
  };
}

/** Picks the round company seal of the test subscriber. */
export async function pickCompanySeal(prompt: Page): Promise<void> {
  await prompt.getByRole('radio', { name: /公章/ }).check();
}
