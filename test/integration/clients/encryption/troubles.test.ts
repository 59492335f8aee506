import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { privateFolders, storedIn } from '../signature/driven-client.ts';
import { begin, homeOfTest, refused, works } from './begun-work.ts';
import { driveClient } from './driven-client.ts';
import { createEncryptionWorld, type Bidder, type EncryptionWorld } from './encryption-world.ts';
import { encryptParams } from './scenes.ts';

let world: EncryptionWorld;
let bidder: Bidder;
beforeAll(async () => {
  world = await createEncryptionWorld();
  bidder = world.bidder();
});
afterAll(() => world.close());

describe.each(works)('what is cancelled while it works (%s)', (work) => {
  it('answers at once and leaves nothing; the client works on', async () => {
    const { client, asked, file } = await begin(bidder, work, await homeOfTest());
    await client.call('cancel', { id: asked.id });
    expect(await asked.answer).toMatchObject(refused('REQUEST_ABORTED'));
    await expect.poll(client.stored).toEqual([file]);
    const small = await client.send('small.txt', Buffer.from('x'));
    expect(await client.call('encrypt', encryptParams(small, bidder))).toMatchObject({ plain: { size: 1 } });
  });

  it('by dropping the file is told so, and leaves nothing', async () => {
    const { client, asked, file } = await begin(bidder, work, await homeOfTest());
    await client.call('file.drop', { file });
    expect(await asked.answer).toMatchObject(refused('FILE_UNKNOWN'));
    await expect.poll(client.stored).toEqual([]);
  });

  it.each(['SIGTERM', 'end of input'] as const)('by %s leaves nothing', async (end) => {
    const home = await homeOfTest();
    const { client } = await begin(bidder, work, home);
    if (end === 'SIGTERM') client.process.kill(end);
    else client.process.end();
    expect(await client.process.ended).toMatchObject({ code: 0 });
    expect(await privateFolders(home)).toEqual([]);
  });
});

describe.each(works)('a client that is killed while it works (%s)', (work) => {
  it('leaves nothing unfinished under a final name, and the next start sweeps the rest', async () => {
    const home = await homeOfTest();
    const { client, file } = await begin(bidder, work, home);
    client.process.kill('SIGKILL');
    await client.process.ended;
    const names = (await storedIn(home)).filter((name) => !/\.(?:part|progress|journal)/.test(name));
    expect(names).toEqual([file]);
    await driveClient({ home });
    await expect.poll(() => privateFolders(home)).toEqual([]);
  });
});
