import { randomBytes } from 'node:crypto';
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { encryptFiles, giveDiskFile, openOnPhone, returnedBytes, startBid } from '../support/bid-calls.ts';
import { contentKeyOf } from '../support/bid-reference.ts';
import { clientRemains } from '../support/client-processes.ts';
import { closePages, startLab, type Lab } from '../support/lab.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../support/temporary-folder.ts';
import { workerHeap } from '../support/worker-heap.ts';

let lab: Lab;
let elsewhere: TemporaryFolder;
beforeAll(async () => {
  lab = await startLab();
  elsewhere = await createTemporaryFolder('ca-bridge-bidder-');
});
afterAll(async () => {
  await lab.close();
  await elsewhere.remove();
});

/** All regular files below a folder that can be read; what goes meanwhile is no matter. */
async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** The forms in which a secret may lie about. */
const formsOf = (secret: Buffer): Buffer[] => [
  secret,
  Buffer.from(secret.toString('hex')),
  Buffer.from(secret.toString('base64').replace(/=+$/, '')),
  Buffer.from(secret.toString('base64url')),
];

async function holders(files: readonly string[], secrets: readonly Buffer[]): Promise<string[]> {
  const found: string[] = [];
  for (const file of files) {
    const size = (await stat(file).catch(() => undefined))?.size ?? 0;
    if (size === 0) continue;
    const content = await readFile(file).catch(() => Buffer.alloc(0));
    if (secrets.some((secret) => content.includes(secret))) found.push(file);
  }
  return found;
}

it('finds a secret that does lie about: the search itself works', async () => {
  const path = join(elsewhere.path, 'careless.log');
  const secret = randomBytes(16);
  await writeFile(path, `key=${secret.toString('hex')}\n`);
  expect(await holders(await filesBelow(elsewhere.path), formsOf(secret))).toEqual([path]);
  await rm(path);
  const worker = await lab.browser.worker();
  await worker.evaluate(
    (text) => Reflect.set(globalThis, 'careless', [text, 'x'].join('')),
    'careless-secret-',
  );
  expect(await workerHeap(lab.browser)).toContain('careless-secret-');
});

it('neither content key nor plaintext is in store, logs, temporary folders or the worker after a run', async () => {
  const before = new Set(await filesBelow(tmpdir()));
  const marker = randomBytes(24);
  const input = join(elsewhere.path, 'bid.pdf');
  const text = marker.toString('base64url');
  await writeFile(input, Buffer.concat([Buffer.alloc(700_000, text), marker, randomBytes(300_000)]));

  const page = await lab.openSite();
  await giveDiskFile(page, input);
  expect((await encryptFiles(lab, page)).error).toBeUndefined();
  const key = Buffer.from(contentKeyOf(await returnedBytes(page), lab.subscriber.encryptionCredential));
  const opening = await startBid(lab, page, `bridge.decrypt({ files: bidFiles, platform }, options)`);
  await openOnPhone(lab, opening.prompt);
  expect((await opening.report()).bids).toMatchObject([{ ok: true }]);
  await page.goto('about:blank');
  await closePages(lab);
  expect(await clientRemains(lab.browser, 'encryption')).toEqual([]);

  const secrets = [
    ...formsOf(key.subarray(0, 16)),
    ...formsOf(key.subarray(16)),
    ...formsOf(marker),
    Buffer.from(text),
  ];
  const inProfile = await filesBelow(lab.browser.profileFolder);
  expect(inProfile.some((file) => file.endsWith('encryption-client.log'))).toBe(true);
  expect(inProfile.some((file) => file.includes('IndexedDB'))).toBe(true);
  const inTemporary = (await filesBelow(tmpdir())).filter(
    (file) => !before.has(file) && !file.startsWith(elsewhere.path),
  );
  expect(await holders([...inProfile, ...inTemporary], secrets)).toEqual([]);
  const heap = Buffer.from(await workerHeap(lab.browser), 'utf8');
  expect(secrets.filter((secret) => heap.includes(secret))).toEqual([]);
});
