import type { Page } from 'playwright-core';
import type { OpenedFile } from '../../src/sdk/ca-bridge.ts';
import type { Receipt } from '../../src/protocol/bids.ts';
import type { WhatToOpen } from '../../src/sandbox/phone/phone-opening.ts';
import { addSdk, untilState, type Lab } from './lab.ts';
import type { TestSubscriber } from './test-subscriber.ts';

/** What a page got from a call about bids; the files stay in the page as `bidFiles`. */
export interface BidReport {
  readonly receipts: readonly Receipt[];
  readonly bids: readonly OpenedFile[];
  /** Names and sizes of the files that came back. */
  readonly files: readonly { readonly name: string; readonly size: number }[];
  readonly error?: { readonly code: string; readonly message: string; readonly retry: boolean };
  readonly states: readonly string[];
}

/** A request about bids on its way. */
export interface BidCall {
  readonly page: Page;
  readonly prompt: Page;
  readonly report: () => Promise<BidReport>;
}

/**
 * Starts a call of the SDK in the page. `call` is JavaScript over `bridge`, `files`, `bidFiles` (what came back of the
 * last call) and `options`; the page can abort it by `bidCall.controller.abort()`.
 */
export async function startBid(lab: Lab, page: Page, call: string): Promise<BidCall> {
  await addSdk(page);
  const opening = lab.nextPrompt();
  await page.evaluate(`(() => {
    const controller = new AbortController();
    const states = [];
    const options = { signal: controller.signal, onState: (state) => states.push(state) };
    const bidFiles = globalThis.bidFiles ?? [];
    const platform = 'zhongzhao-hulian';
    const done = CaBridge.connectBridge()
      .then((bridge) => ${call})
      .then((result) => {
        const came = (result.files ?? result.bids).flatMap(({ file }) => file ?? []);
        // What is only checked gives nothing, and stays what it was.
        if (came.length > 0) globalThis.bidFiles = came;
        return {
          states,
          receipts: (result.files ?? []).map(({ receipt }) => receipt),
          bids: (result.bids ?? []).map(({ file, ...bid }) => bid),
          files: came.map(({ name, size }) => ({ name, size })),
        };
      }, ({ code, message, retry }) => ({ error: { code, message, retry }, states, receipts: [], bids: [], files: [] }));
    globalThis.bidCall = { controller, done, states };
  })()`);
  const prompt = await opening;
  return { page, prompt, report: () => page.evaluate<BidReport>('bidCall.done') };
}

/** Bytes of the file that came back at `index`; for small ones. */
export async function returnedBytes(page: Page, index = 0): Promise<Buffer> {
  const base64 = await page.evaluate<string>(`new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(',') + 1));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(bidFiles[${index}]);
  })`);
  return Buffer.from(base64, 'base64');
}

/** Makes `count` files of so many random bytes in the page itself. */
export async function makeFiles(page: Page, count: number, bytes: number): Promise<void> {
  await page.evaluate(
    ([amount = 0, size = 0]) => {
      const block = new Uint8Array(65_536);
      const fill = () => crypto.getRandomValues(block).slice();
      const make = (length: number) => {
        const parts: BlobPart[] = [];
        for (let left = length; left > 0; left -= 65_536)
          parts.push(fill().subarray(0, Math.min(left, 65_536)));
        return new Blob(parts);
      };
      const files = Array.from(
        { length: amount },
        (_, index) => new File([make(size)], `投标文件${index + 1}.pdf`),
      );
      Reflect.set(globalThis, 'files', files);
    },
    [count, bytes],
  );
}

/** Gives the page a file of the disk, of any size, as `files[0]`. */
export async function giveDiskFile(page: Page, path: string): Promise<void> {
  await page.evaluate(() => {
    const input = document.createElement('input');
    input.type = 'file';
    input.id = 'disk-file';
    input.addEventListener('change', () => Reflect.set(globalThis, 'files', [...(input.files ?? [])]));
    document.body.append(input);
  });
  await page.locator('#disk-file').setInputFiles(path);
}

/** Whether two files of the page are the same, byte for byte, compared in pieces. */
export function areSame(page: Page, one: string, other: string): Promise<boolean> {
  return page.evaluate<boolean>(`(async () => {
    const [one, other] = [${one}, ${other}];
    if (one.size !== other.size) return false;
    const step = 16 * 1048576;
    for (let offset = 0; offset < one.size; offset += step) {
      const [left, right] = await Promise.all([one, other].map(async (file) =>
        new BigUint64Array(await new Blob([file.slice(offset, offset + step), new Uint8Array(7)])
          .slice(0, Math.ceil(Math.min(step, one.size - offset) / 8) * 8).arrayBuffer())));
      if (left.some((word, index) => word !== right[index])) return false;
    }
    return true;
  })()`);
}

/** Scans, hands the phone's certificates over and confirms them in the window. */
export async function confirmRecipient(
  lab: Lab,
  prompt: Page,
  subscriber: TestSubscriber = lab.subscriber,
  button: RegExp = /^用此证书加密/,
): Promise<void> {
  await untilState(prompt, 'awaitingScan');
  const pending = await lab.scanToEncrypt(prompt);
  await lab.phone.identifyForBid(pending, subscriber.bidIdentity);
  await prompt.getByRole('button', { name: button }).click();
}

/** Encrypts `files` of the page, up to what the page gets. */
export async function encryptFiles(lab: Lab, page: Page, options = ''): Promise<BidReport> {
  const { prompt, report } = await startBid(
    lab,
    page,
    `bridge.encrypt({ files, platform, ${options} }, options)`,
  );
  await confirmRecipient(lab, prompt);
  const done = await report();
  await prompt.close();
  return done;
}

/** Scans a request to open and identifies the phone. */
export async function scanToOpen(lab: Lab, prompt: Page, subscriber: TestSubscriber = lab.subscriber) {
  await untilState(prompt, 'awaitingScan');
  const pending = await lab.scanToOpen(prompt);
  await lab.phone.identifyForBid(pending, subscriber.bidIdentity);
  return pending;
}

/** The phone's part of a request that only asks. */
export async function checkByPhone(
  lab: Lab,
  prompt: Page,
  subscriber: TestSubscriber = lab.subscriber,
): Promise<void> {
  await untilState(prompt, 'awaitingScan');
  await lab.phone.identifyForBid(await lab.scanToCheck(prompt), subscriber.bidIdentity);
}

/** The whole of the phone's part: scans, compares the number with the window's, and opens. */
export async function openOnPhone(
  lab: Lab,
  prompt: Page,
  subscriber: TestSubscriber = lab.subscriber,
): Promise<WhatToOpen> {
  const pending = await scanToOpen(lab, prompt, subscriber);
  const what = await lab.phone.untilToOpen(pending);
  await prompt.locator('.matching', { hasText: what.signingNumber }).first().waitFor();
  await lab.phone.open(pending, subscriber.encryptionCredential, what.requests);
  return what;
}
