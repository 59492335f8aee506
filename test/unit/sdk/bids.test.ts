import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import type { OpenedBid } from '../../../src/protocol/bid-methods.ts';
import type { Receipt, Recipient } from '../../../src/protocol/bids.ts';
import { checkBids, decrypt, encrypt, type FilesToEncrypt } from '../../../src/sdk/bids.ts';
import type { PortClient } from '../../../src/sdk/port-client.ts';
import { asBridgeError } from '../../../src/sdk/signing.ts';
import { relayedClient, type RelayedClient } from './relayed-client.ts';

const openingTime = new Date('2026-12-01T01:00:00Z');
const recipient: Recipient = {
  name: '湛江测试建设有限公司',
  serialNumber: '5a',
  fingerprint: 'a1'.repeat(32),
  notBefore: 0,
  notAfter: openingTime.getTime(),
};
const plain = { name: '投标文件.pdf', size: 5, sm3: 'b2'.repeat(32) };
const receipt: Receipt = {
  id: 'f47ac10b-58cc-4372-a567-0e02b2c3d479',
  site: 'https://ggzy.zhanjiang.gov.cn',
  encryptedAt: openingTime.getTime() - 1,
  format: 'bid',
  plain,
  cipher: { name: '投标文件.pdf.cabid', size: 1_500, sm3: 'c3'.repeat(32) },
  recipients: [recipient],
};
const opened: OpenedBid = {
  ok: true,
  name: receipt.cipher.name,
  recipients: [recipient],
  warnings: ['CERTIFICATE_RENEWED'],
  plain,
  encryptedAt: receipt.encryptedAt,
};
const failed: OpenedBid = {
  ok: false,
  name: 'other.cabid',
  recipients: [recipient],
  error: { code: 'BID_DAMAGED', message: 'damaged', retry: false },
};

let value: unknown;
let bridge: RelayedClient;
beforeEach(() => {
  bridge = relayedClient(() => value);
});
afterEach(() => bridge.close());

const bid = (name = receipt.cipher.name): File => new File(['bytes'], name);
const bids = (count: number): File[] => Array.from({ length: count }, (_, index) => bid(`${index}.cabid`));

/** The four calls, as a page in plain JavaScript makes them. */
const methods: [name: string, call: (client: PortClient, params: unknown) => Promise<unknown>][] = [
  ['encrypt', (client, params) => Reflect.apply(encrypt, undefined, [client, params])],
  ['decrypt', (client, params) => Reflect.apply(decrypt, undefined, [client, params])],
  ['rehearse', (client, params) => Reflect.apply(checkBids, undefined, [client, 'rehearse', params])],
  ['readiness', (client, params) => Reflect.apply(checkBids, undefined, [client, 'readiness', params])],
];

const named = (name: string) => methods.filter(([method]) => method === name);
const timed = methods.filter(([method]) => method !== 'decrypt');

describe('parameters of another shape are a bad request, and nothing is asked', () => {
  const cases: [what: string, which: typeof methods, params: unknown][] = [
    ['no parameters', methods, undefined],
    ['no files', methods, {}],
    ['an empty list of files', methods, { files: [] }],
    ['a single file outside of a list', methods, { files: bid() }],
    ['a path in place of a file', methods, { files: ['bid.cabid'] }],
    ['bytes without a name', methods, { files: [new Blob(['bytes'])] }],
    ['one file too many', methods, { files: bids(21) }],
    ['a hole among the files', methods, { files: [bid(), undefined] }],
    ['an opening time in milliseconds', timed, { files: [bid()], openingTime: openingTime.getTime() }],
    ['an opening time as text', timed, { files: [bid()], openingTime: openingTime.toISOString() }],
    ['an opening time that is no time', timed, { files: [bid()], openingTime: new Date('soon') }],
    ['an opening time before 1970', timed, { files: [bid()], openingTime: new Date(-1) }],
    ['an opening time where none belongs', named('decrypt'), { files: [bid()], openingTime }],
    ['another format', named('encrypt'), { files: [bid()], format: 'zip' }],
    ['another delivery', named('encrypt'), { files: [bid()], deliver: 'site' }],
    ['a delivery of nothing', named('rehearse'), { files: [bid()], deliver: 'user' }],
    ['a recipient that is no base64', named('encrypt'), { files: [bid()], recipients: ['-----BEGIN'] }],
    ['sixteen further recipients', named('encrypt'), { files: [bid()], recipients: Array(16).fill('MAA=') }],
  ];
  const calls = cases.flatMap(([what, which, params]) =>
    which.map(([name, call]) => ({ what, name, call, params })),
  );
  test.each(calls)('$name: $what', async ({ call, params }) => {
    await expect(asBridgeError(call(bridge.client, params))).rejects.toMatchObject({
      name: 'BridgeError',
      code: 'BAD_REQUEST',
    });
    expect(bridge.asked).toEqual([]);
  });
});

describe('what is asked', () => {
  it.each(methods)('%s hands over each file whole, under a name that can be shown', async (name, call) => {
    value = name === 'encrypt' ? { outputs: [] } : { bids: [] };
    await call(bridge.client, { files: [bid('bid\u202Efdp.cabid'), bid()] });
    const [request] = bridge.asked;
    expect(request).toMatchObject({
      method: name,
      params: { documents: [{ name: 'bid_fdp.cabid' }, { name: receipt.cipher.name }] },
    });
    const documents: Blob[] = [];
    if (request !== undefined && 'documents' in request.params) {
      for (const { blob } of request.params.documents) documents.push(blob as Blob);
    }
    expect(await Promise.all(documents.map((blob) => blob.text()))).toEqual(['bytes', 'bytes']);
  });

  it.each(timed)('%s tells the opening time', async (name, call) => {
    value = name === 'encrypt' ? { outputs: [] } : { bids: [] };
    await call(bridge.client, { files: [bid()], openingTime });
    expect(bridge.asked).toMatchObject([{ params: { openingTime: openingTime.getTime() } }]);
  });

  it('twenty files, the centre as further recipient, format and delivery', async () => {
    value = { outputs: [] };
    const choices: Omit<FilesToEncrypt, 'files'> = {
      recipients: ['MAA='],
      format: 'enveloped',
      deliver: 'user',
    };
    await encrypt(bridge.client, { files: bids(20), ...choices });
    expect(bridge.asked).toMatchObject([{ params: choices }]);
  });
});

describe('encrypting', () => {
  it('gives each file under the name that its receipt says', async () => {
    value = { outputs: [{ receipt, blob: new Blob(['cipher']) }] };
    const { files } = await encrypt(bridge.client, { files: [bid(plain.name)] });
    expect(files).toMatchObject([{ receipt, file: { name: receipt.cipher.name } }]);
    expect(await files[0]?.file?.text()).toBe('cipher');
  });

  it('gives the receipt and no file where the user keeps the file', async () => {
    value = { outputs: [{ receipt }] };
    const { files } = await encrypt(bridge.client, { files: [bid(plain.name)], deliver: 'user' });
    expect(files).toEqual([{ receipt }]);
  });
});

describe('opening', () => {
  it('says of each file what became of it, in their order', async () => {
    value = { bids: [failed, { ...opened, blob: new Blob(['bytes']) }], certificate: recipient };
    const result = await decrypt(bridge.client, { files: bids(2) });
    expect(result).toMatchObject({ bids: [failed, opened], certificate: recipient });
    const [first, second] = result.bids;
    expect(first).toEqual(failed);
    expect(second).toHaveProperty('file.name', plain.name);
    expect(second).not.toHaveProperty('blob');
    expect(second?.ok === true ? await second.file?.text() : undefined).toBe('bytes');
  });

  it('gives no file where the user keeps it', async () => {
    value = { bids: [opened], certificate: recipient };
    const result = await decrypt(bridge.client, { files: [bid()], deliver: 'user' });
    expect(result.bids).toEqual([opened]);
  });

  it.each(['rehearse', 'readiness'] as const)(
    '%s resolves also where no file can be opened, and gives none',
    async (method) => {
      value = { bids: [failed], certificate: recipient };
      expect(await checkBids(bridge.client, method, { files: [bid()] })).toEqual(value);
    },
  );

  it('tells of a phone without an encryption certificate', async () => {
    value = { bids: [failed] };
    const result = await checkBids(bridge.client, 'readiness', { files: [bid()] });
    expect(result.certificate).toBeUndefined();
  });
});
