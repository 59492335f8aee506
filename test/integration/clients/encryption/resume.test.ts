import { createHash } from 'node:crypto';
import { open, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, test } from 'vitest';
import { createTemporaryFolder } from '../../../support/temporary-folder.ts';
import { privateFolders } from '../signature/driven-client.ts';
import { driveClient, type DrivenClient } from './driven-client.ts';
import { createEncryptionWorld, type Bidder, type EncryptionWorld } from './encryption-world.ts';
import { createLargeFile, type LargeFile } from './large-file.ts';
import { encryptParams, phoneOpens } from './scenes.ts';

const mebibyte = 2 ** 20;

let world: EncryptionWorld;
let bidder: Bidder;
beforeAll(async () => {
  world = await createEncryptionWorld();
  bidder = world.bidder();
});
afterAll(() => world.close());

/** A client that was killed while it opened a file, well after the first mebibytes. */
interface Killed {
  readonly home: string;
  readonly plain: LargeFile;
  /** Its private folder, and the token of it. */
  readonly folder: string;
  readonly workspace: string;
  /** The encrypted file's id and facts. */
  readonly file: string;
  readonly facts: { readonly size: number; readonly sm3: string };
}

async function killedWhileOpening(): Promise<Killed> {
  const home = await createTemporaryFolder('ca-bridge-killed-');
  onTestFinished(() => home.remove());
  const plain = await createLargeFile(96);
  const client = await driveClient({ home: home.path });
  const sent = await client.sendFile('bid.zip', plain.path, plain.size);
  const { file, cipher } = await client.call('encrypt', encryptParams(sent, bidder));
  await client.call('file.drop', { file: sent });
  const asked = client.ask('opening.open', { ...(await phoneOpens(client, bidder, file)), write: true });
  await asked.until(24 * mebibyte);
  const folder = await client.folder();
  await kill(client);
  const workspace = client.hello.workspace ?? '';
  return { home: home.path, plain, folder, workspace, file, facts: { size: cipher.size, sm3: cipher.sm3 } };
}

async function kill(client: DrivenClient): Promise<void> {
  client.process.kill('SIGKILL');
  await client.process.ended;
}

/** Bytes that the journal of the unfinished output counts. */
async function journalled(folder: string): Promise<number> {
  const name = (await readdir(folder)).find((one) => one.endsWith('.progress')) ?? '';
  const lines = (await readFile(join(folder, name), 'utf8')).trimEnd().split('\n');
  return Number(lines.at(-1));
}

/** Scans anew and opens the adopted file: what was told first of the progress, and digests of what came out. */
async function openAgain({ file }: Killed, client: DrivenClient) {
  const asked = client.ask('opening.open', { ...(await phoneOpens(client, bidder, file)), write: true });
  const answer = await asked.answer;
  if (!('result' in answer)) throw new Error(JSON.stringify(answer.error));
  const { file: output, plain: facts } = answer.result as { file: string; plain: { sm3: string } };
  const digest = createHash('sm3');
  await client.fetchStream(output, (part) => digest.update(part));
  return { begunAt: asked.told[0]?.done, digests: [facts.sm3, digest.digest('hex')] };
}

const right = ({ plain }: Killed) => [plain.sm3, plain.sm3];

describe('a client that takes over from one that was killed while it opened a file', () => {
  it('has its files, and goes on after what was checked, to the same result', async () => {
    const killed = await killedWhileOpening();
    const done = await journalled(killed.folder);
    expect(done).toBeGreaterThan(8 * mebibyte);
    const client = await driveClient({ home: killed.home, adopt: killed.workspace });
    expect(client.hello).toMatchObject({
      workspace: killed.workspace,
      adopted: [{ file: killed.file, ...killed.facts }],
    });
    expect(await openAgain(killed, client)).toEqual({ begunAt: done, digests: right(killed) });
    expect((await client.stored()).filter((name) => name.includes('.'))).toEqual([]);
  });

  it('starts over where what was written is no longer what had been written', async () => {
    const killed = await killedWhileOpening();
    const name = (await readdir(killed.folder)).find((one) => one.endsWith('.part')) ?? '';
    const part = await open(join(killed.folder, name), 'r+');
    await part.write(Buffer.from('evil'), 0, 4, 1_000);
    await part.close();
    const client = await driveClient({ home: killed.home, adopt: killed.workspace });
    expect((await openAgain(killed, client)).digests).toEqual(right(killed));
  });

  it('starts over where the journal says more than was written', async () => {
    const killed = await killedWhileOpening();
    const name = (await readdir(killed.folder)).find((one) => one.endsWith('.progress')) ?? '';
    await writeFile(join(killed.folder, name), `${killed.plain.size}\n`, { flag: 'a' });
    const client = await driveClient({ home: killed.home, adopt: killed.workspace });
    const begunAt = killed.plain.size;
    expect(await openAgain(killed, client)).toEqual({ begunAt, digests: right(killed) });
  });

  it('can itself be taken over from', async () => {
    const killed = await killedWhileOpening();
    const second = await driveClient({ home: killed.home, adopt: killed.workspace });
    const params = await phoneOpens(second, bidder, killed.file);
    const asked = second.ask('opening.open', { ...params, write: true });
    await asked.until(1);
    await kill(second);
    const third = await driveClient({ home: killed.home, adopt: second.hello.workspace ?? '' });
    expect(third.hello.adopted).toHaveLength(1);
    const { begunAt, digests } = await openAgain(killed, third);
    expect(begunAt).toBeGreaterThan(8 * mebibyte);
    expect(digests).toEqual(right(killed));
  });

  it('knows no key of it', async () => {
    const killed = await killedWhileOpening();
    const client = await driveClient({ home: killed.home, adopt: killed.workspace });
    const opening = 'A'.repeat(22);
    const params = { opening, file: killed.file, key: 'MAA=', write: true };
    expect(await client.refusal('opening.open', params)).toBe('OPENING_UNKNOWN');
  });
});

it('what was encrypted when the client was killed is encrypted anew by the next one', async () => {
  const home = await createTemporaryFolder('ca-bridge-killed-');
  onTestFinished(() => home.remove());
  const plain = await createLargeFile(48);
  const first = await driveClient({ home: home.path });
  const sent = await first.sendFile('bid.zip', plain.path, plain.size);
  await first.ask('encrypt', encryptParams(sent, bidder)).until(mebibyte);
  await kill(first);
  const next = await driveClient({ home: home.path, adopt: first.hello.workspace ?? '' });
  expect(next.hello.adopted).toEqual([{ file: sent, size: plain.size, sm3: plain.sm3 }]);
  expect(await next.stored()).toEqual([sent]);
  const { file } = await next.call('encrypt', encryptParams(sent, bidder));
  const params = await phoneOpens(next, bidder, file);
  expect((await next.call('opening.open', { ...params, write: false })).plain.sm3).toBe(plain.sm3);
});

describe('nothing of a killed client is taken over', () => {
  async function killedWithAFile() {
    const home = await createTemporaryFolder('ca-bridge-killed-');
    onTestFinished(() => home.remove());
    const client = await driveClient({ home: home.path });
    const file = await client.send('bid.zip', Buffer.from('secret'));
    return { home: home.path, client, file };
  }

  it('by one that does not ask for it, which removes it', async () => {
    const { home, client } = await killedWithAFile();
    await kill(client);
    const next = await driveClient({ home });
    expect(next.hello).not.toHaveProperty('adopted');
    await expect.poll(() => privateFolders(home)).toEqual([]);
  });

  it('by one that asks for another, which removes it', async () => {
    const { home, client } = await killedWithAFile();
    await kill(client);
    const next = await driveClient({ home, adopt: 'A'.repeat(22) });
    expect(next.hello.adopted).toEqual([]);
    await expect.poll(() => privateFolders(home)).toEqual([]);
  });

  it('by one that asks for another’s, which removes this one’s', async () => {
    const { home, client } = await killedWithAFile();
    const wanted = await driveClient({ home });
    await wanted.send('other.zip', Buffer.from('x'));
    for (const one of [client, wanted]) await kill(one);
    const next = await driveClient({ home, adopt: wanted.hello.workspace ?? '' });
    expect(next.hello.adopted).toEqual([expect.objectContaining({ size: 1 })]);
    await expect.poll(async () => (await privateFolders(home)).length).toBe(1);
  });

  it('while it still runs', async () => {
    const { home, client, file } = await killedWithAFile();
    const next = await driveClient({ home, adopt: client.hello.workspace ?? '' });
    expect(next.hello.adopted).toEqual([]);
    expect(next.hello.workspace).not.toBe(client.hello.workspace);
    expect((await client.call('file.open', { file })).size).toBe(6);
  });

  it('by two', async () => {
    const { home, client } = await killedWithAFile();
    await kill(client);
    const adopt = client.hello.workspace ?? '';
    const both = await Promise.all([driveClient({ home, adopt }), driveClient({ home, adopt })]);
    expect(both.map(({ hello }) => hello.adopted?.length).toSorted()).toEqual([0, 1]);
  });

  test.each([['end of input'], ['SIGTERM']])('once it ended by %s: then nothing is left', async (end) => {
    const { home, client } = await killedWithAFile();
    if (end === 'SIGTERM') client.process.kill('SIGTERM');
    else client.process.end();
    await client.process.ended;
    expect(await privateFolders(home)).toEqual([]);
    const next = await driveClient({ home, adopt: client.hello.workspace ?? '' });
    expect(next.hello.adopted).toEqual([]);
  });
});

it('what is taken over lies where nobody else may look', async () => {
  const home = await createTemporaryFolder('ca-bridge-killed-');
  onTestFinished(() => home.remove());
  const client = await driveClient({ home: home.path });
  await client.send('bid.zip', Buffer.from('secret'));
  await kill(client);
  const next = await driveClient({ home: home.path, adopt: client.hello.workspace ?? '' });
  const folder = await next.folder();
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  const modes = (await readdir(folder)).map(async (name) => (await stat(join(folder, name))).mode & 0o777);
  expect(await Promise.all(modes)).toEqual([0o600, 0o600]);
});
