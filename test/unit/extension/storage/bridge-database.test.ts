import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { expect, it } from 'vitest';
import { openBridgeStore } from '../../../../src/extension/storage/bridge-database.ts';
import type { Receipt } from '../../../../src/protocol/bids.ts';
import { recipient, sessionIn, start } from '../../../support/session-samples.ts';

const facts = (name: string) => ({ name, size: 3, sm3: 'a'.repeat(64) });
const receipt: Receipt = {
  id: '3f0f5a4e-7a37-4b7e-9d5c-000000000002',
  site: 'https://ggzy.zhanjiang.gov.cn',
  encryptedAt: start,
  format: 'bid',
  plain: facts('投标文件.pdf'),
  cipher: facts('投标文件.pdf.cabid'),
  recipients: [recipient],
};

/** A store as an earlier release left it. */
async function leaveStore(name: string, version: 1 | 2): Promise<void> {
  const database = await openDB(name, version, {
    upgrade(opened) {
      opened.createObjectStore('sessions', { keyPath: 'id' });
      opened.createObjectStore('outcomes');
    },
  });
  await database.put('sessions', sessionIn('awaitingScan'));
  await database.put(
    'outcomes',
    { scene: 'login', origin: receipt.site, state: 'succeeded', at: start },
    'last',
  );
  database.close();
}

it.each([1, 2] as const)(
  'a store of version %i loses its sessions of minutes, and nothing else',
  async (version) => {
    const name = `left-at-${version}`;
    await leaveStore(name, version);
    const store = await openBridgeStore(name);
    expect(await store.sessions()).toEqual([]);
    expect(await store.lastOutcome()).toMatchObject({ scene: 'login', state: 'succeeded' });
    expect(await store.receipts()).toEqual([]);
    store.close();
  },
);

it('keeps receipts, each once', async () => {
  const store = await openBridgeStore('receipts');
  await store.addReceipts([receipt]);
  await store.addReceipts([receipt, { ...receipt, id: '3f0f5a4e-7a37-4b7e-9d5c-000000000003' }]);
  expect((await store.receipts()).map(({ id }) => id.slice(-1))).toEqual(['2', '3']);
  store.close();
});
