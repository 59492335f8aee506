import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, test } from 'vitest';
import { extensionIds } from '../../../src/protocol/extension-ids.ts';
import {
  nativeErrorNumbers,
  runtimeMethods,
  type LaneAddress,
  type MethodResult,
  type RuntimeMethods,
} from '../../../src/protocol/native-messages.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../support/temporary-folder.ts';
import { buildClients } from './built-clients.ts';
import { nativeFrame, ourOrigin, startClient } from './client-process.ts';

let clients: TemporaryFolder;
beforeAll(async () => {
  clients = await buildClients(['encryption']);
});
afterAll(() => clients.remove());

const hello = { jsonrpc: '2.0', id: 0, method: 'hello', params: { protocol: 1, extension: '0.1.0' } };
const sm3 = (bytes: Uint8Array) => createHash('sm3').update(bytes).digest('hex');

/** A client that was greeted, with a temporary folder and a state folder of its own. */
async function greet(folder?: TemporaryFolder) {
  const home = folder ?? (await createTemporaryFolder());
  if (folder === undefined) onTestFinished(() => home.remove());
  const environment = { TMPDIR: home.path, XDG_STATE_HOME: join(home.path, 'state') };
  const client = startClient(join(clients.path, 'encryption-client.cjs'), [ourOrigin], environment);
  onTestFinished(() => client.kill('SIGKILL'));
  let lastId = 0;
  client.send(hello);
  expect(await client.next()).toMatchObject({ id: 0, result: { kind: 'encryption' } });
  const ask = async (method: string, params: object): Promise<unknown> => {
    lastId += 1;
    client.send({ jsonrpc: '2.0', id: lastId, method, params });
    return client.next();
  };
  const call = async <Method extends keyof RuntimeMethods>(
    method: Method,
    params: object,
  ): Promise<MethodResult<RuntimeMethods, Method>> => {
    const answer = v.parse(v.looseObject({ result: v.unknown() }), await ask(method, params));
    return v.parse(runtimeMethods[method].result, answer.result) as MethodResult<RuntimeMethods, Method>;
  };
  const folders = async () =>
    (await readdir(home.path)).filter((name) => name.startsWith('ca-bridge-client-'));
  return { client, home, ask, call, folders };
}

type Greeted = Awaited<ReturnType<typeof greet>>;

async function sendByChunks({ call }: Greeted, bytes: Uint8Array, name = 'bid.pdf'): Promise<string> {
  const { file, chunkBytes } = await call('file.create', { name, size: bytes.length });
  for (let offset = 0; offset < bytes.length; offset += chunkBytes) {
    const data = Buffer.from(bytes.subarray(offset, offset + chunkBytes)).toString('base64');
    await call('file.write', { file, offset, data });
  }
  return file;
}

function overLane(
  lane: LaneAddress | undefined,
  method: 'PUT' | 'GET',
  body: Uint8Array = Buffer.alloc(0),
): Promise<{ status: number | undefined; bytes: Buffer }> {
  if (lane === undefined) throw new Error('no lane');
  const headers = {
    Origin: `chrome-extension://${extensionIds[0]}`,
    Authorization: `Bearer ${lane.token}`,
    ...(method === 'PUT' ? { 'Content-Length': body.length } : {}),
  };
  return new Promise((resolve, reject) => {
    const asking = request(
      { host: '127.0.0.1', port: lane.port, method, path: '/file', headers, agent: false },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () => resolve({ status: response.statusCode, bytes: Buffer.concat(parts) }));
      },
    );
    asking.on('error', reject);
    asking.end(body);
  });
}

describe('a file', () => {
  const bytes = randomBytes(3_000_001);

  it('goes to the client and comes back by chunks', async () => {
    const world = await greet();
    const file = await sendByChunks(world, bytes);
    expect(await world.call('file.close', { file })).toEqual({ size: bytes.length, sm3: sm3(bytes) });
    const { size, chunkBytes } = await world.call('file.open', { file });
    const parts: Buffer[] = [];
    for (let offset = 0; offset < size; offset += chunkBytes) {
      const length = Math.min(chunkBytes, size - offset);
      const { data } = await world.call('file.read', { file, offset, length });
      parts.push(Buffer.from(data, 'base64'));
    }
    expect(Buffer.concat(parts).equals(bytes)).toBe(true);
  });

  it('goes to the client and comes back over the lane', async () => {
    const { call } = await greet();
    const large = Buffer.concat(Array.from({ length: 8 }, () => bytes));
    const { file, lane } = await call('file.create', { name: 'bid.pdf', size: large.length });
    expect(await overLane(lane, 'PUT', large)).toMatchObject({ status: 204 });
    expect(await call('file.close', { file })).toEqual({ size: large.length, sm3: sm3(large) });
    const opened = await call('file.open', { file });
    const fetched = await overLane(opened.lane, 'GET');
    expect(fetched.status).toBe(200);
    expect(fetched.bytes.equals(large)).toBe(true);
  });

  it('comes by chunks after a lane that broke off', async () => {
    const { call } = await greet();
    const { file, lane } = await call('file.create', { name: 'bid.pdf', size: 4 });
    await overLane(lane, 'PUT', Buffer.from('abcde')).catch(() => undefined);
    await call('file.write', { file, offset: 0, data: Buffer.from('abcd').toString('base64') });
    expect(await call('file.close', { file })).toEqual({ size: 4, sm3: sm3(Buffer.from('abcd')) });
  });

  it('that came by chunks is not taken from the lane too', async () => {
    const { call } = await greet();
    const { file, lane } = await call('file.create', { name: 'bid.pdf', size: 4 });
    await call('file.write', { file, offset: 0, data: Buffer.from('ab').toString('base64') });
    await expect(overLane(lane, 'PUT', Buffer.from('evil'))).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await call('file.write', { file, offset: 2, data: Buffer.from('cd').toString('base64') });
    expect(await call('file.close', { file })).toMatchObject({ sm3: sm3(Buffer.from('abcd')) });
  });
});

describe('what is refused', () => {
  const coded = (code: string) => ({ error: { code: nativeErrorNumbers.coded, data: { code } } });
  const file = 'A'.repeat(22);

  test.each([
    ['file.write', { file, offset: 0, data: 'QUFB' }],
    ['file.close', { file }],
    ['file.open', { file }],
    ['file.read', { file, offset: 0, length: 1 }],
  ])('%s of a file that is not there', async (method, params) => {
    const { ask } = await greet();
    expect(await ask(method, params)).toMatchObject(coded('FILE_UNKNOWN'));
  });

  test('a file larger than the client keeps', async () => {
    const { ask } = await greet();
    const answer = await ask('file.create', { name: 'a', size: Number.MAX_SAFE_INTEGER });
    expect(answer).toMatchObject(coded('FILE_TOO_LARGE'));
  });

  test('to close or open a file that is not complete', async () => {
    const { ask, call } = await greet();
    const created = await call('file.create', { name: 'a', size: 2 });
    for (const method of ['file.close', 'file.open']) {
      expect(await ask(method, { file: created.file })).toMatchObject(coded('FILE_INCOMPLETE'));
    }
  });

  test.each([
    ['no name', { name: '', size: 1 }],
    ['a name of 256 characters', { name: 'x'.repeat(256), size: 1 }],
    ['a negative size', { name: 'a', size: -1 }],
    ['half a byte', { name: 'a', size: 0.5 }],
    ['a path', { name: 'a', size: 1, path: '/etc/passwd' }],
  ])('to create a file with %s', async (_, params) => {
    const { ask } = await greet();
    expect(await ask('file.create', params)).toMatchObject({
      error: { code: nativeErrorNumbers.invalidParams },
    });
  });

  test.each(['', 'QUF', 'QUFB\n', 'QUF-', 'QUJ=', '====', 'A'.repeat(699_056)])(
    'a chunk that is no base64, or not one of its length (%#)',
    async (data) => {
      const { ask, call } = await greet();
      const created = await call('file.create', { name: 'a', size: 1_000_000 });
      const answer = await ask('file.write', { file: created.file, offset: 0, data });
      expect(answer).toMatchObject({ error: { code: nativeErrorNumbers.invalidParams } });
    },
  );

  test.each([
    [10, 1],
    [9, 2],
    [0, 11],
  ])('to read outside of the file (%i, %i)', async (offset, length) => {
    const world = await greet();
    const created = await sendByChunks(world, Buffer.from('0123456789'));
    await world.call('file.close', { file: created });
    expect(await world.ask('file.read', { file: created, offset, length })).toMatchObject({
      error: { code: nativeErrorNumbers.offset },
    });
  });

  test('more chunks at once than there is credit for; the file stays as it was', async () => {
    const { call, client } = await greet();
    const { file: id, credit } = await call('file.create', { name: 'a', size: 20 });
    const frames = Array.from({ length: 20 }, (_, offset) =>
      nativeFrame(
        Buffer.from(
          JSON.stringify({
            jsonrpc: '2.0',
            id: 100 + offset,
            method: 'file.write',
            params: { file: id, offset, data: 'YQ==' },
          }),
        ),
      ),
    );
    client.write(Buffer.concat(frames));
    const answers: unknown[] = [];
    for (let count = 0; count < frames.length; count += 1) answers.push(await client.next());
    expect(answers.filter((answer) => 'result' in (answer as object))).toHaveLength(credit);
    expect(answers).toContainEqual(
      expect.objectContaining({ error: expect.objectContaining({ code: nativeErrorNumbers.credit }) }),
    );
    for (let offset = credit; offset < 20; offset += 1) {
      expect(await call('file.write', { file: id, offset, data: 'YQ==' })).toEqual({ received: offset + 1 });
    }
    expect(await call('file.close', { file: id })).toMatchObject({ sm3: sm3(Buffer.alloc(20, 'a')) });
  });
});

describe('temporary files', () => {
  it('lie in a folder of the user alone, and go when a file is dropped', async () => {
    const world = await greet();
    const file = await sendByChunks(world, Buffer.from('secret'));
    const [name = ''] = await world.folders();
    const folder = join(world.home.path, name);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect(await readdir(folder)).toHaveLength(1);
    await world.call('file.drop', { file });
    await world.call('file.drop', { file });
    expect(await readdir(folder)).toEqual([]);
  });

  test.each(['end of input', 'SIGTERM', 'SIGHUP', 'lost framing', 'closed output'] as const)(
    'are gone after %s, in the middle of a transfer',
    async (end) => {
      const world = await greet();
      await sendByChunks(world, Buffer.from('secret'));
      await world.call('file.create', { name: 'b', size: 9 });
      expect(await world.folders()).toHaveLength(1);
      if (end === 'end of input') world.client.end();
      else if (end === 'lost framing') world.client.write(Buffer.alloc(4));
      else if (end === 'closed output') {
        world.client.closeOutput();
        world.client.send(hello);
      } else world.client.kill(end);
      await world.client.ended;
      expect(await world.folders()).toEqual([]);
    },
  );

  it('of a client that was killed go when the next one starts', async () => {
    const world = await greet();
    await sendByChunks(world, Buffer.from('secret'));
    world.client.kill('SIGKILL');
    await world.client.ended;
    expect(await world.folders()).toHaveLength(1);
    const next = await greet(world.home);
    await expect.poll(next.folders).toEqual([]);
  });

  it('of a client that runs are left by the next one', async () => {
    const world = await greet();
    await sendByChunks(world, Buffer.from('secret'));
    const next = await greet(world.home);
    await next.call('file.create', { name: 'a', size: 1 });
    next.client.end();
    await next.client.ended;
    expect(await world.folders()).toHaveLength(1);
  });

  it('that somebody wrote to are not used', async () => {
    const world = await greet();
    const file = await sendByChunks(world, Buffer.from('0123456789'));
    await world.call('file.close', { file });
    const [name = ''] = await world.folders();
    await writeFile(join(world.home.path, name, file), 'evil evil evil');
    expect(await world.ask('file.read', { file, offset: 0, length: 10 })).toMatchObject({
      error: { data: { code: 'FILE_CHANGED' } },
    });
  });
});

it('the log of a session holds nothing of the user, and stdout frames alone', async () => {
  const world = await greet();
  const name = '张三-440801199001011234-bid.pdf';
  const bytes = Buffer.from('confidential price 1,234,567.89');
  const { file, lane } = await world.call('file.create', { name, size: bytes.length });
  await overLane(lane, 'PUT', bytes);
  await world.call('file.close', { file });
  const opened = await world.call('file.open', { file });
  await overLane(opened.lane, 'GET');
  await world.ask('file.create', { name, size: -1 });
  await world.ask(name, { file });
  await world.ask('file.read', { file: 'A'.repeat(22), offset: 0, length: 1 });
  world.client.end();
  expect(await world.client.ended).toMatchObject({ code: 0, unread: Buffer.alloc(0), stderr: '' });

  const path = join(world.home.path, 'state', 'ca-bridge', 'encryption-client.log');
  const log = await readFile(path, 'utf8');
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  const events = log
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
  expect(events).toContainEqual(expect.objectContaining({ event: 'transferEnded', outcome: 'done' }));
  for (const secret of [
    '张三',
    '440801199001011234',
    'bid',
    'confidential',
    sm3(bytes),
    lane?.token ?? 'no token',
    file,
    world.home.path,
    extensionIds[0],
  ]) {
    expect(log).not.toContain(secret);
  }
});
