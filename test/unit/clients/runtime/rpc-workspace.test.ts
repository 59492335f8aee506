import * as v from 'valibot';
import { describe, expect, it, test } from 'vitest';
import { createJobs, type ClientMessage } from '../../../../src/clients/runtime/jobs.ts';
import { createRpcServer, type Workspace } from '../../../../src/clients/runtime/rpc-server.ts';
import { nativeErrorNumbers, nativeResponseSchema } from '../../../../src/protocol/native-messages.ts';
import { servedClient } from './served-client.ts';

const token = 'AbCdEfGhIjKlMnOpQr_-12';
const earlier = 'Z'.repeat(22);
const adopted = [{ file: 'F'.repeat(22), size: 3, sm3: 'ab'.repeat(32) }];

/** A server that is asked by JSON, with the tokens that it was to adopt. */
function createServer(workspace?: Partial<Workspace>) {
  const sent: ClientMessage[] = [];
  const wanted: string[] = [];
  let greetings = 0;
  const { files, log } = servedClient('encryption', {});
  const send = (message: ClientMessage) => void sent.push(message);
  const adopt = (wish: string) => {
    wanted.push(wish);
    return Promise.resolve(adopted);
  };
  const server = createRpcServer({
    identity: { kind: 'encryption', version: '1.2.3' },
    runtime: {},
    client: {},
    jobs: createJobs({ files, log, send, onEnd: () => undefined }),
    send,
    ...(workspace && { workspace: { token: () => token, adopt, ...workspace } }),
    onGreeted: () => (greetings += 1),
  });
  const ask = (method: string, params: object, id = 1) =>
    server.receive(Buffer.from(JSON.stringify({ jsonrpc: '2.0', id, method, params })));
  const hello = (extra: object = {}, id = 1) =>
    ask('hello', { protocol: 1, extension: '0.1.0', ...extra }, id);
  const answers = () => sent.map((message) => v.parse(nativeResponseSchema, message));
  return { server, ask, hello, wanted, answers, greetings: () => greetings };
}

const failed = (id: number, code: number) => ({ id, error: { code } });

describe('adopt', () => {
  test.each(['', 'short', 'A'.repeat(23), '../../../../../../etc/', 7, null])(
    'of %j is no token, and nothing is taken over',
    (adopt) => {
      const { hello, answers, wanted, greetings } = createServer({});
      hello({ adopt });
      expect(answers()).toMatchObject([failed(1, nativeErrorNumbers.invalidParams)]);
      expect([wanted, greetings()]).toEqual([[], 0]);
    },
  );

  it('takes over what that process left, then tells the files', async () => {
    const { hello, answers, wanted, greetings } = createServer({});
    hello({ adopt: earlier });
    await expect.poll(() => answers().length).toBe(1);
    expect(answers()).toMatchObject([{ id: 1, result: { workspace: token, adopted } }]);
    expect([wanted, greetings()]).toEqual([[earlier], 1]);
  });

  it('keeps every other request out until it is done', async () => {
    let finish: (files: typeof adopted) => void = () => undefined;
    const adopt = () => new Promise<typeof adopted>((resolve) => (finish = resolve));
    const { server, ask, hello, answers } = createServer({ adopt });
    hello({ adopt: earlier });
    ask('file.create', { name: 'a', size: 1 }, 2);
    hello({}, 3);
    expect(server.isGreeted()).toBe(false);
    finish(adopted);
    await expect.poll(() => server.isGreeted()).toBe(true);
    expect(answers()).toMatchObject([
      failed(2, nativeErrorNumbers.helloFirst),
      failed(3, nativeErrorNumbers.helloFirst),
      { id: 1, result: { adopted } },
    ]);
  });

  it('counts in the first hello alone', () => {
    const { hello, answers, wanted, greetings } = createServer({});
    hello();
    hello({ adopt: earlier }, 2);
    expect(answers()[1]).toEqual(expect.not.objectContaining({ adopted }));
    expect([wanted, greetings()]).toEqual([[], 1]);
  });

  it('gives nothing where the client leaves nothing to take over', async () => {
    const { hello, answers } = createServer();
    hello({ adopt: earlier });
    await expect.poll(() => answers().length).toBe(1);
    expect(answers()).toMatchObject([{ id: 1, result: { adopted: [] } }]);
    expect(JSON.stringify(answers())).not.toContain('workspace');
  });
});

it('hello without adopt is answered at once, with the token of this process', () => {
  const { hello, answers, greetings } = createServer({});
  hello();
  expect(answers()).toMatchObject([{ id: 1, result: { workspace: token } }]);
  expect(JSON.stringify(answers())).not.toContain('adopted');
  expect(greetings()).toBe(1);
});
