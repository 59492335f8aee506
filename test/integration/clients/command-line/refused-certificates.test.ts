import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { generateSm2KeyPair } from '../../../../src/gm/sm2.ts';
import { certificatePem } from '../../../support/cms-judges.ts';
import { createEncryptionWorld, type Bidder, type EncryptionWorld } from '../encryption/encryption-world.ts';
import { openDesk, runCli, runJson, type BidDesk } from './bid-desk.ts';

let world: EncryptionWorld;
let bidder: Bidder;
beforeAll(async () => {
  world = await createEncryptionWorld();
  bidder = world.bidder();
});
afterAll(() => world.close());

describe('a certificate that must not be encrypted to keeps every file from being encrypted', () => {
  test.each<[string, (desk: BidDesk) => Promise<string[]>, string]>([
    [
      'of another purpose',
      async ({ put }) => {
        const signing = world.authority.issueSigning({
          organisation: '湛江测试建设有限公司',
          signingPublicKey: generateSm2KeyPair().publicKey,
        });
        return ['--to', await put('signing.pem', certificatePem(signing.signing))];
      },
      'RECIPIENT_NOT_FOR_ENCRYPTION',
    ],
    [
      'expired',
      async (desk) => ['--to', await desk.certificate(world.bidder({ defect: 'expired' }))],
      'RECIPIENT_EXPIRED',
    ],
    [
      'the second of two',
      async (desk) => [
        '--to',
        await desk.certificate(bidder),
        '--to',
        await desk.certificate(world.bidder({ defect: 'expired' })),
      ],
      'RECIPIENT_EXPIRED',
    ],
    [
      'of another authority',
      async (desk) => {
        const other = await createEncryptionWorld();
        other.close();
        const anchors = await desk.put('root.pem', certificatePem(other.authority.root));
        return ['--to', await desk.certificate(bidder), '--anchors', anchors];
      },
      'RECIPIENT_UNTRUSTED',
    ],
    [
      'revoked, when the network is asked',
      async (desk) => {
        const revoked = world.bidder();
        world.revoke(revoked);
        const chain = [revoked.certificate, world.authority.issuer].map(certificatePem).join('');
        const anchors = await desk.put('root.pem', certificatePem(world.authority.root));
        return ['--to', await desk.put('chain.pem', chain), '--anchors', anchors, '--online'];
      },
      'RECIPIENT_REVOKED',
    ],
  ])('%s', async (_, make, code) => {
    const desk = await openDesk();
    const files = [await desk.put('a', '1'), await desk.put('b', '2')];
    const options = await make(desk);
    const before = await desk.names();
    expect(await runJson(['encrypt', ...files, ...options])).toMatchObject({
      code: 2,
      report: { done: false, code, results: [] },
      stderr: expect.stringContaining(options[options.lastIndexOf('--to') + 1] ?? ''),
    });
    expect(await desk.names()).toEqual(before);
  });

  it('one that cannot be read is wrong usage', async () => {
    const desk = await openDesk();
    const [file, noise] = [await desk.put('a', '1'), await desk.put('noise', randomBytes(100))];
    expect(await runCli(['encrypt', file, '--to', desk.path('none')])).toMatchObject({
      code: 64,
      stdout: '',
    });
    expect(await runJson(['encrypt', file, '--to', noise])).toMatchObject({
      code: 2,
      report: { code: 'RECIPIENT_UNREADABLE' },
    });
  });
});

it('a trusted chain is enough, and nobody is asked unless told', async () => {
  const desk = await openDesk();
  const revoked = world.bidder();
  world.revoke(revoked);
  const asked = world.asked();
  const chain = [revoked.certificate, world.authority.issuer].map(certificatePem).join('');
  const anchors = await desk.put('root.pem', certificatePem(world.authority.root));
  const args = ['encrypt', await desk.put('a', '1'), '--to', await desk.put('chain.pem', chain)];
  expect((await runCli([...args, '--anchors', anchors])).code).toBe(0);
  expect(world.asked()).toBe(asked);
});
