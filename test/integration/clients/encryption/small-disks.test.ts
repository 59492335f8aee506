import { open, rm, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { storedIn } from '../signature/driven-client.ts';
import { smallDisks, type SmallDisk } from '../signature/small-disk.ts';
import { homeOfTest, refused, whileFrozen } from './begun-work.ts';
import { driveClient, type DrivenClient } from './driven-client.ts';
import { createEncryptionWorld, type Bidder, type EncryptionWorld } from './encryption-world.ts';
import { createLargeFile } from './large-file.ts';
import { encryptParams, phoneOpens } from './scenes.ts';

const mebibyte = 2 ** 20;

let world: EncryptionWorld;
let bidder: Bidder;
beforeAll(async () => {
  world = await createEncryptionWorld();
  bidder = world.bidder();
});
afterAll(() => world.close());

const isDisk = ({ name }: SmallDisk) => name.startsWith('a disk');
const isNoJournal = (name: string) => !name.endsWith('.journal');

async function startOn({ command, seenFrom }: SmallDisk) {
  const home = await homeOfTest();
  const client = await driveClient({ home, command });
  return { client, folder: seenFrom(client.process.pid, home) };
}

describe.each(await smallDisks(64))('without room: $name', (disk) => {
  it.each(['bid', 'enveloped'] as const)(
    'for what is encrypted (%s) is told by its code, and nothing of it is left',
    async (format) => {
      const { client, folder } = await startOn(disk);
      // What is made of it is longer than a file may be, or than what the disk has left.
      const size = isDisk(disk) ? 40 * mebibyte : 64 * mebibyte - 100;
      const plain = await createLargeFile(64);
      await truncate(plain.path, size);
      const file = await client.sendFile('bid.zip', plain.path, size);
      expect(await client.refusal('encrypt', encryptParams(file, bidder, { format }))).toBe('DISK_FULL');
      await expect.poll(async () => (await storedIn(folder)).filter(isNoJournal)).toEqual([file]);
    },
  );
});

describe.each((await smallDisks(256)).filter(isDisk))('room that goes while it is needed: $name', (disk) => {
  const toEncrypt = async (client: DrivenClient, file: string) => ({
    file,
    asked: client.ask('encrypt', encryptParams(file, bidder)),
  });
  const toOpen = async (client: DrivenClient, sent: string) => {
    const { file } = await client.call('encrypt', encryptParams(sent, bidder));
    await client.call('file.drop', { file: sent });
    const params = await phoneOpens(client, bidder, file);
    return { file, asked: client.ask('opening.open', { ...params, write: true }) };
  };
  /** Takes every byte that the disk has left. */
  const fill = async (path: string) => {
    const handle = await open(path, 'w');
    const bytes = Buffer.alloc(mebibyte);
    try {
      for (;;) await handle.write(bytes);
    } catch {
      // Full.
    } finally {
      await handle.close();
    }
  };

  it.each([
    ['encrypting', toEncrypt],
    ['opening', toOpen],
  ])('ends %s by its code, and nothing is left of what was written', async (_, ask) => {
    const { client, folder } = await startOn(disk);
    const plain = await createLargeFile(112);
    const { asked, file } = await ask(client, await client.sendFile('bid.zip', plain.path, plain.size));
    await asked.until(1);
    await whileFrozen(client, () => fill(join(folder, 'filler')));
    expect(await asked.answer).toMatchObject(refused('DISK_FULL'));
    await rm(join(folder, 'filler'));
    await expect.poll(async () => (await storedIn(folder)).filter(isNoJournal)).toEqual([file]);
  });
});
