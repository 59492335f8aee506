import * as v from 'valibot';
import { expect, test } from 'vitest';
import { createJobs, type ClientMessage } from '../../../../src/clients/runtime/jobs.ts';
import { createRpcServer } from '../../../../src/clients/runtime/rpc-server.ts';
import { countLimits } from '../../../../src/protocol/limits.ts';
import { servedClient } from './served-client.ts';

test('a client’s method that only waits is none of the jobs that may run at a time', () => {
  const sent: ClientMessage[] = [];
  const send = (message: ClientMessage) => void sent.push(message);
  const { files, log } = servedClient('signature', {});
  const jobs = createJobs({ files, log, send, onEnd: () => undefined });
  const params = v.strictObject({});
  const forever = () => new Promise<never>(() => undefined);
  const client = { wait: { params, brief: true, run: forever }, work: { params, run: forever } } as const;
  const server = createRpcServer({
    identity: { kind: 'signature', version: '1.2.3' },
    runtime: {},
    client,
    jobs,
    send,
  });
  let id = 0;
  const ask = (method: string, given: object = {}) => {
    id += 1;
    server.receive(Buffer.from(JSON.stringify({ jsonrpc: '2.0', id, method, params: given })));
  };
  ask('hello', { protocol: 1, extension: '0.1.0' });
  sent.length = 0;
  for (let count = 0; count < 3 * countLimits.clientJobs; count += 1) ask('wait');
  for (let count = 0; count < countLimits.clientJobs; count += 1) ask('work');
  expect(sent).toEqual([]);
  ask('work');
  expect(sent).toMatchObject([{ id, error: { data: { code: 'CLIENT_BUSY' } } }]);
});
