import { beforeEach, describe, expect, it } from 'vitest';
import { generateSm2KeyPair } from '../../../src/gm/sm2.ts';
import { toBase64, toHex } from '../../../src/lib/bytes.ts';
import {
  emptyVault,
  fillVault,
  openVault,
  vaultHolder,
  wipeKeys,
  type Holder,
  type VaultStorage,
} from '../../../src/sandbox/phone/vault.ts';

const holder: Holder = {
  organisation: '湛江测试建设工程有限公司',
  creditCode: '914408000U28QYE5PF',
  serial: '40',
  notAfter: '2027-01-01T00:00:00.000Z',
  authority: '00',
  signingCertificate: 'MA==',
  encryptionCertificate: 'MA==',
  chain: [],
  seals: [],
};
const keys = { signing: generateSm2KeyPair().privateKey, encryption: generateSm2KeyPair().privateKey };

let stored: Map<string, string>;
let storage: VaultStorage;
beforeEach(async () => {
  stored = new Map();
  storage = {
    getItem: (name) => stored.get(name) ?? null,
    setItem: (name, value) => void stored.set(name, value),
    removeItem: (name) => void stored.delete(name),
  };
  await fillVault(storage, '123456', holder, keys);
});

describe('the phone’s vault', () => {
  it('stays shut to a wrong PIN', async () => {
    await expect(openVault(storage, '123457')).rejects.toMatchObject({ code: 'wrongPin' });
  });

  it('stays shut when what it stores was changed', async () => {
    const [[name, text] = ['', '']] = [...stored];
    const vault = JSON.parse(text) as { sealed: string };
    stored.set(name, JSON.stringify({ ...vault, sealed: toBase64(new Uint8Array(80)) }));
    await expect(openVault(storage, '123456')).rejects.toMatchObject({ code: 'wrongPin' });
  });

  it('stores no private key in the clear', () => {
    const text = [...stored.values()].join('');
    for (const key of [keys.signing, keys.encryption]) {
      expect(text).not.toContain(toBase64(key).slice(0, 20));
      expect(text).not.toContain(toHex(key));
    }
  });

  it('gives both keys for the right PIN', async () => {
    const open = await openVault(storage, '123456');
    expect(open).toEqual(keys);
  });

  it('keeps a signing key alone where there is no encryption certificate', async () => {
    await fillVault(storage, '123456', holder, { signing: keys.signing });
    expect(await openVault(storage, '123456')).toEqual({ signing: keys.signing, encryption: undefined });
  });

  it('has its keys overwritten by who used them', async () => {
    const open = await openVault(storage, '123456');
    wipeKeys(open);
    expect([toHex(open.signing), toHex(open.encryption ?? new Uint8Array())]).toEqual([
      '00'.repeat(32),
      '00'.repeat(32),
    ]);
  });

  it('tells its holder without a PIN, until it is emptied', () => {
    expect(vaultHolder(storage)).toEqual(holder);
    emptyVault(storage);
    expect(vaultHolder(storage)).toBeUndefined();
  });
});
