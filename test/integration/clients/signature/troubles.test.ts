import { randomBytes } from 'node:crypto';
import { lstat, readdir, readFile, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, test } from 'vitest';
import type { SealFormat } from '../../../../src/protocol/seal-places.ts';
import { handWrittenPdf, plainObjects } from '../../../support/pdf-samples.ts';
import { createTemporaryFolder } from '../../../support/temporary-folder.ts';
import type { TestSubscriber } from '../../../support/test-subscriber.ts';
import { driveClient, privateFolders, storedIn, type DrivenClient } from './driven-client.ts';
import { createSignatureWorld, type SignatureWorld } from './signature-world.ts';
import { answerTo, messageParams, revokeParams, sealDocument, sealParams } from './signing-scenes.ts';
import { smallDisks } from './small-disk.ts';

let world: SignatureWorld;
let subscriber: TestSubscriber;
beforeAll(async () => {
  world = await createSignatureWorld();
  subscriber = world.subscriber();
});
afterAll(() => world.close());

const megabyte = 2 ** 20;
const pdf = handWrittenPdf(plainObjects);
/** Large enough that reading it takes a while. */
const largePdf = handWrittenPdf({
  ...plainObjects,
  5: { dictionary: '', data: randomBytes(megabyte).toString('latin1').repeat(96) },
});

async function homeOfTest(): Promise<string> {
  const folder = await createTemporaryFolder('ca-bridge-trouble-');
  onTestFinished(() => folder.remove());
  return folder.path;
}

/** A client that is in the middle of something. */
type Middle = (home: string) => Promise<DrivenClient>;

const middles: readonly [string, Middle][] = [
  [
    'the transfer of a document',
    async (home) => {
      const client = await driveClient({ home });
      const endless = new Readable({ read: () => undefined });
      endless.push(randomBytes(megabyte));
      client.sendStream('bid.pdf', 2 * megabyte, endless).catch(() => undefined);
      await expect.poll(() => sizesIn(home)).toEqual([megabyte]);
      return client;
    },
  ],
  [
    'the preparation',
    async (home) => {
      const client = await driveClient({ home });
      const file = await client.send('bid.pdf', largePdf);
      await client.ask('seal.prepare', sealParams(file, subscriber)).progress;
      return client;
    },
  ],
  [
    'the writing of the sealed document',
    async (home) => {
      const client = await driveClient({ home });
      const params = sealParams(await client.send('bid.pdf', largePdf), subscriber);
      const { toBeSigned } = await client.call('seal.prepare', params);
      client.ask('seal.complete', { ...params, ...answerTo(subscriber, toBeSigned) });
      await expect.poll(async () => (await storedIn(home)).length, { interval: 5, timeout: 20_000 }).toBe(2);
      return client;
    },
  ],
];

async function sizesIn(home: string): Promise<number[]> {
  const [folder = ''] = await privateFolders(home);
  const names = await readdir(join(home, folder));
  return Promise.all(names.map(async (name) => (await lstat(join(home, folder, name))).size));
}

describe.each(middles)('a client that is ended in the middle of %s', (_, begin) => {
  it('by SIGKILL leaves nothing unfinished under a final name, and the next start sweeps the rest', async () => {
    const home = await homeOfTest();
    const client = await begin(home);
    client.process.kill('SIGKILL');
    await client.process.ended;
    const [folder = ''] = await privateFolders(home);
    const names = await readdir(join(home, folder));
    expect(names).not.toEqual([]);
    for (const name of names.filter((one) => !one.endsWith('.part'))) {
      const bytes = await readFile(join(home, folder, name));
      expect(bytes.subarray(-6).toString('latin1')).toBe('%%EOF\n');
    }
    await driveClient({ home });
    await expect.poll(() => privateFolders(home)).toEqual([]);
  });

  it.each(['SIGTERM', 'end of input'] as const)('by %s leaves nothing', async (end) => {
    const home = await homeOfTest();
    const client = await begin(home);
    if (end === 'SIGTERM') client.process.kill(end);
    else client.process.end();
    expect(await client.process.ended).toMatchObject({ code: 0 });
    expect(await privateFolders(home)).toEqual([]);
  });
});

describe.each(await smallDisks(4))('without room: $name', ({ command, seenFrom }) => {
  const start = async () => {
    const home = await homeOfTest();
    const client = await driveClient({ home, command });
    return { client, stored: () => storedIn(seenFrom(client.process.pid, home)) };
  };
  /** The code that a document is refused with as it comes. */
  const sendingFails = async (client: DrivenClient, size: number): Promise<unknown> => {
    const created = await client.ask('file.create', { name: 'bid.zip', size }).answer;
    if ('error' in created) return created.error.data?.code;
    const { file, chunkBytes } = created.result as { readonly file: string; readonly chunkBytes: number };
    for (let offset = 0; offset < size; offset += chunkBytes) {
      const data = randomBytes(Math.min(chunkBytes, size - offset)).toString('base64');
      const written = await client.ask('file.write', { file, offset, data }).answer;
      if ('result' in written) continue;
      await client.call('file.drop', { file });
      return written.error.data?.code;
    }
    return undefined;
  };

  it('for what is made of the document is told by its code, and nothing of it is left', async () => {
    const { client, stored } = await start();
    const file = await client.send('bid.zip', randomBytes(4 * megabyte - 512));
    const params = messageParams(file, subscriber, { form: 'attached' });
    const { toBeSigned } = await client.call('message.prepare', params);
    const answer = answerTo(subscriber, toBeSigned);
    expect(await client.refusal('message.complete', { ...params, ...answer })).toBe('DISK_FULL');
    await expect.poll(stored).toEqual([file]);
  });

  it('for the document itself is told by its code, and the client works on', async () => {
    const { client, stored } = await start();
    expect(await sendingFails(client, 5 * megabyte)).toBe('DISK_FULL');
    expect(await stored()).toEqual([]);
    const file = await client.send('bid.pdf', pdf);
    const sealed = await sealDocument(client, subscriber, sealParams(file, subscriber));
    expect(await client.call('seal.inspect', { file: sealed })).toEqual({ pages: 1, signatures: 1 });
  });
});

describe('a document that somebody changes between the halves', () => {
  const changes: readonly [string, (path: string) => Promise<void>][] = [
    ['a byte of it is another', (path) => writeFile(path, Buffer.from('x'), { flag: 'r+' })],
    ['it is longer', (path) => writeFile(path, Buffer.from('%'), { flag: 'a' })],
    ['it is shorter', (path) => truncate(path, 300)],
    ['it is another of the same size', (path) => writeFile(path, Buffer.alloc(pdf.length, 'x'))],
    ['its time alone', (path) => utimes(path, 1, 1)],
  ];

  describe.each(changes)('so that %s', (_, change) => {
    it.each<SealFormat>(['cms', 'ses'])('gets no %s seal', async (format) => {
      const client = await driveClient();
      const file = await client.send('bid.pdf', pdf);
      const params = sealParams(file, subscriber, { format });
      const { toBeSigned } = await client.call('seal.prepare', params);
      await change(await pathOf(client, file));
      const answer = answerTo(subscriber, toBeSigned);
      expect(await client.refusal('seal.complete', { ...params, ...answer })).toBe('FILE_CHANGED');
      expect(await client.stored()).toEqual([file]);
    });

    it('gets no attached message', async () => {
      const client = await driveClient();
      const file = await client.send('bid.pdf', pdf);
      const params = messageParams(file, subscriber, { form: 'attached' });
      const { toBeSigned } = await client.call('message.prepare', params);
      await change(await pathOf(client, file));
      const answer = answerTo(subscriber, toBeSigned);
      expect(await client.refusal('message.complete', { ...params, ...answer })).toBe('FILE_CHANGED');
      await expect.poll(client.stored).toEqual([file]);
    });

    it('loses no seal', async () => {
      const client = await driveClient();
      const plain = await client.send('bid.pdf', pdf);
      const file = await sealDocument(client, subscriber, sealParams(plain, subscriber));
      const params = revokeParams(file, subscriber);
      const { toBeSigned } = await client.call('revoke.prepare', params);
      await change(await pathOf(client, file));
      const answer = answerTo(subscriber, toBeSigned);
      expect(await client.refusal('revoke.complete', { ...params, ...answer })).toBe('FILE_CHANGED');
      expect((await client.stored()).toSorted()).toEqual([plain, file].toSorted());
    });
  });

  async function pathOf(client: DrivenClient, file: string): Promise<string> {
    const [folder = ''] = await privateFolders(client.home);
    return join(client.home, folder, file);
  }
});

describe('a request that is cancelled', () => {
  const cancelled = async (client: DrivenClient, asked: ReturnType<DrivenClient['ask']>) => {
    await asked.progress;
    const begun = performance.now();
    await client.call('cancel', { id: asked.id });
    const answer = await asked.answer;
    return { answer, milliseconds: performance.now() - begun };
  };
  const aborted = { error: { data: { code: 'REQUEST_ABORTED' } } };

  test.each(['seal.prepare', 'seal.complete', 'message.complete', 'verify'] as const)(
    '%s answers at once and leaves nothing; the client works on',
    async (method) => {
      const client = await driveClient();
      const file = await client.send('bid.pdf', largePdf);
      const asks = {
        'seal.prepare': async () => client.ask('seal.prepare', sealParams(file, subscriber)),
        async 'seal.complete'() {
          const params = sealParams(file, subscriber);
          const { toBeSigned } = await client.call('seal.prepare', params);
          return client.ask('seal.complete', { ...params, ...answerTo(subscriber, toBeSigned) });
        },
        async 'message.complete'() {
          const params = messageParams(file, subscriber, { form: 'attached' });
          const { toBeSigned } = await client.call('message.prepare', params);
          return client.ask('message.complete', { ...params, ...answerTo(subscriber, toBeSigned) });
        },
        async verify() {
          const sealed = await sealDocument(client, subscriber, sealParams(file, subscriber));
          return client.ask('verify', { file: sealed, trust: world.trust });
        },
      };
      const asked = await asks[method]();
      const before = method === 'verify' ? 2 : 1;
      const { answer, milliseconds } = await cancelled(client, asked);
      expect(answer).toMatchObject(aborted);
      expect(milliseconds).toBeLessThan(1_500);
      await expect.poll(async () => (await client.stored()).length).toBe(before);
      expect(await client.call('seal.inspect', { file })).toMatchObject({ pages: 1 });
    },
  );
});
