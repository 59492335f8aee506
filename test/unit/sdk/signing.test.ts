import { describe, expect, it, test } from 'vitest';
import type { PortClient } from '../../../src/sdk/port-client.ts';
import { asBridgeError, seal, signMessage } from '../../../src/sdk/signing.ts';

const sent: unknown[] = [];
const client: PortClient = {
  call: (_method, params) => {
    sent.push(params);
    return Promise.reject(new Error('not asked for here'));
  },
  close: () => undefined,
};

describe('parameters of another shape', () => {
  const calls: [string, () => Promise<unknown>][] = [
    ['no parameters', () => Reflect.apply(seal, undefined, [client, undefined])],
    ['no files', () => Reflect.apply(seal, undefined, [client, {}])],
    ['a file that is none', () => Reflect.apply(seal, undefined, [client, { files: [{ file: 'bid.pdf' }] }])],
    [
      'a text that is none',
      () => Reflect.apply(signMessage, undefined, [client, { text: 5, form: 'attached' }]),
    ],
    ['an undefined text', () => Reflect.apply(signMessage, undefined, [client, { text: undefined }])],
  ];
  test.each(calls)('%s: a bad request, and nothing is sent', async (_name, call) => {
    sent.length = 0;
    await expect(asBridgeError(call())).rejects.toMatchObject({ name: 'BridgeError', code: 'BAD_REQUEST' });
    expect(sent).toEqual([]);
  });
});

it('a file goes under a name that can be shown', async () => {
  sent.length = 0;
  const file = new File(['x'], 'bid\u202Efdp.exe');
  await asBridgeError(seal(client, { files: [{ file }] })).catch(() => undefined);
  expect(sent).toMatchObject([{ documents: [{ name: 'bid_fdp.exe' }] }]);
});
