import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { sm2KeyPem } from '../../../support/cms-judges.ts';
import { openssl } from '../../../support/openssl.ts';
import { createEncryptionWorld, type Bidder, type EncryptionWorld } from '../encryption/encryption-world.ts';
import { openDesk, runCli, runJson, type BidDesk } from './bid-desk.ts';

let world: EncryptionWorld;
let bidder: Bidder;
beforeAll(async () => {
  world = await createEncryptionWorld();
  bidder = world.bidder();
});
afterAll(() => world.close());

/** A file of the bidder's, encrypted. */
async function encrypted(desk: BidDesk, content: Uint8Array | string = 'text'): Promise<string> {
  const file = await desk.put('bid', content);
  await runCli(['encrypt', file, '--to', await desk.certificate(bidder)]);
  return `${file}.cabid`;
}

describe('a key that is not the one keeps every file from being opened', () => {
  test.each<[string, (desk: BidDesk) => Promise<string[]>, string]>([
    [
      'somebody else’s',
      async (desk) => {
        const [, key = ''] = await desk.holder(world.bidder());
        return ['--key', key, '--certificate', await desk.certificate(bidder)];
      },
      'keyNotOfCertificate',
    ],
    [
      'none',
      async (desk) => ['--key', await desk.put('key', 'x'), '--certificate', await desk.certificate(bidder)],
      'keyUnreadable',
    ],
    [
      'under a passphrase that is not given',
      async (desk) => ['--key', await passphraseKey(desk), '--certificate', await desk.certificate(bidder)],
      'passphraseMissing',
    ],
    [
      'under another passphrase',
      async (desk) => [
        '--key',
        await passphraseKey(desk),
        '--certificate',
        await desk.certificate(bidder),
        '--passphrase-file',
        await desk.put('passphrase', 'wrong\n'),
      ],
      'passphraseWrong',
    ],
  ])('%s', async (_, make, code) => {
    const desk = await openDesk();
    const file = await encrypted(desk);
    const options = await make(desk);
    const before = await desk.names();
    const { report, ...run } = await runJson(['decrypt', file, ...options, '--out', desk.path('out')]);
    expect([run.code, report]).toMatchObject([2, { done: false, code, results: [] }]);
    expect(await desk.names()).toEqual(before);
  });

  it('with its passphrase it opens', async () => {
    const desk = await openDesk();
    const file = await encrypted(desk);
    const passphrase = await desk.put('passphrase', '口令 1\nnot this');
    const key = ['--key', await passphraseKey(desk), '--certificate', await desk.certificate(bidder)];
    const args = ['decrypt', file, ...key, '--passphrase-file', passphrase, '--out', desk.path('out')];
    expect(await runJson(args)).toMatchObject({ code: 0 });
    expect((await desk.read('out')).toString()).toBe('text');
  });

  it('nothing of key and passphrase is ever printed', async () => {
    const desk = await openDesk();
    const file = await encrypted(desk);
    const passphrase = await desk.put('passphrase', 'a-secret-passphrase\n');
    const key = ['--key', await passphraseKey(desk), '--certificate', await desk.certificate(bidder)];
    for (const more of [[], ['--json']]) {
      const { stdout, stderr } = await runCli([
        'decrypt',
        file,
        ...key,
        '--passphrase-file',
        passphrase,
        ...more,
      ]);
      expect(stdout + stderr).not.toContain('a-secret-passphrase');
      expect(stdout + stderr).not.toContain(Buffer.from(bidder.privateKey).toString('hex'));
    }
  });
});

describe('a certificate that was replaced, and somebody else’s', () => {
  it('are told apart', async () => {
    const desk = await openDesk();
    const file = await encrypted(desk);
    const codeWith = async (holder: Bidder) =>
      (await runJson(['decrypt', file, ...(await desk.holder(holder)), '--out', desk.path('x')])).report
        .results[0]?.code;
    expect(await codeWith(world.bidder())).toBe('BID_CERTIFICATE_REPLACED');
    expect(await codeWith(world.bidder({ organisation: '别的公司' }))).toBe('BID_NOT_FOR_PHONE');
  });
});

/** The bidder's key under a passphrase, as openssl writes it. */
async function passphraseKey(desk: BidDesk): Promise<string> {
  const args = ['pkcs8', '-topk8', '-passout', 'pass:口令 1'];
  return desk.put('bidder.key', await openssl(args, sm2KeyPem(bidder.privateKey)));
}
