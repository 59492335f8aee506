import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { encryptSm2 } from '../../src/gm/sm2-encryption.ts';
import { openEnvelope, parseEnvelope } from '../../src/gm/enveloped-data.ts';
import { openFields, parseDer, tags } from '../../src/gm/der.ts';
import { fromBase64, toBase64 } from '../../src/lib/bytes.ts';
import type { EncryptionResult } from '../../src/protocol/encryption-methods.ts';
import { createAuthority } from '../../src/sandbox/authority/authority.ts';
import { ensureOpenssl } from '../support/openssl.ts';
import { createTemporaryFolder } from '../support/temporary-folder.ts';
import { testBidder, type TestSubscriber } from '../support/test-subscriber.ts';
import { driveClient } from './driven-client.ts';
import type { Figure } from './figure.ts';
import { repeat } from './repeat.ts';

/** MiB and how often: from the smallest to the largest the cost is to be a straight line. */
const sizes: Readonly<Record<number, number>> = { 1: 5, 64: 3, 512: 2, 1_024: 3, 4_096: 1 };
/** Where the peer is measured beside us. */
const peerSize = 1_024;

interface Times {
  readonly encrypt: number;
  readonly open: number;
  readonly peak: number | undefined;
}

/** Bids encrypted and opened by the real client over its pipes, beside openssl's two commands in a pipe. */
export async function measureEncrypting(): Promise<Figure[]> {
  const folder = await createTemporaryFolder('ca-bridge-bench-');
  try {
    const openssl = await ensureOpenssl();
    const authority = createAuthority(Date.now);
    const bidder = testBidder(authority);
    await mkdir(join(folder.path, 'client'));
    const figures: Figure[] = [];
    for (const [size, times] of Object.entries(sizes)) {
      figures.push(...(await measureSize(Number(size), times, { folder: folder.path, openssl, bidder })));
    }
    return figures;
  } finally {
    await folder.remove();
  }
}

interface Bench {
  readonly folder: string;
  readonly openssl: string;
  readonly bidder: TestSubscriber;
}

async function measureSize(mebibytes: number, times: number, bench: Bench): Promise<Figure[]> {
  const input = join(bench.folder, `${mebibytes}.bid`);
  await writeRandom(input, mebibytes);
  const isCompared = mebibytes === peerSize;
  const pairs = await repeat(times, async () => ({
    ours: await timeClient(input, bench),
    peer: isCompared ? await timePipe(bench.openssl, input) : undefined,
  }));
  await rm(input);
  const speed = (milliseconds: number) => (mebibytes * 1_048_576) / 1_000 / milliseconds;
  const peers = isCompared
    ? {
        name: 'openssl enc -sm4-ctr | openssl dgst -sm3 -hmac',
        samples: pairs.flatMap(({ peer }) => (peer === undefined ? [] : [speed(peer)])),
      }
    : '';
  const note = isCompared ? ' (limit 1.8 times)' : '';
  return [
    {
      metric: `a bid of ${mebibytes} MiB encrypted and read back${note}`,
      samples: pairs.map(({ ours }) => speed(ours.encrypt)),
      unit: 'MB/s',
      peers,
    },
    {
      metric: `a bid of ${mebibytes} MiB opened and checked${note}`,
      samples: pairs.map(({ ours }) => speed(ours.open)),
      unit: 'MB/s',
      peers,
    },
    {
      metric: `the same, peak memory of the client (limit 256 MiB)`,
      samples: pairs.flatMap(({ ours }) => ours.peak ?? []),
      unit: 'MiB',
      peers: '',
    },
  ];
}

async function writeRandom(path: string, mebibytes: number): Promise<void> {
  const file = await open(path, 'wx');
  const block = randomBytes(1_048_576);
  for (let index = 0; index < mebibytes; index += 1) {
    block.writeUInt32BE(index);
    await file.write(block);
  }
  await file.sync();
  await file.close();
}

async function timeClient(input: string, { folder, bidder }: Bench): Promise<Times> {
  const client = await driveClient(join(folder, 'client'), 'encryption');
  try {
    const file = await client.send(input, 'bid.pdf');
    const own = {
      certificate: toBase64(bidder.encryptionCredential.certificate),
      chain: bidder.pair.chain.map((issuer) => toBase64(issuer)),
    };
    const trust = { anchors: [], online: false };
    const encrypting = performance.now();
    const encryptedAt = Date.now();
    const { file: encrypted } = await client.call('encrypt', {
      file,
      format: 'bid',
      own,
      further: [],
      trust,
      encryptedAt,
    });
    const encrypt = performance.now() - encrypting;
    await client.call('file.drop', { file });

    const { opening, oneTimeKey } = await client.call('opening.create', {});
    const { bids } = await client.call('opening.prepare', { files: [encrypted], own, trust, opening });
    const key = keyFromPhone(bids, oneTimeKey, bidder);
    const begun = performance.now();
    await client.call('opening.open', { opening, file: encrypted, key, write: true });
    return { encrypt, open: performance.now() - begun, peak: await client.peak() };
  } finally {
    await client.close();
  }
}

/** What the phone does with a request. */
function keyFromPhone(
  [bid]: EncryptionResult<'opening.prepare'>['bids'],
  oneTimeKey: string,
  { encryptionCredential }: TestSubscriber,
): string {
  if (bid?.ok !== true || bid.request === undefined) throw new Error('nothing to open');
  const fields = openFields(parseDer(fromBase64(bid.request)));
  fields.takeAny();
  fields.take(tags.octetString);
  const envelope = parseEnvelope(fields.take(tags.octetString).content);
  return toBase64(encryptSm2(fromBase64(oneTimeKey), openEnvelope(envelope, encryptionCredential)));
}

/** Milliseconds that openssl's two commands take over the file. */
async function timePipe(openssl: string, input: string): Promise<number> {
  const [key, iv, mac] = [16, 16, 32].map((length) => randomBytes(length).toString('hex'));
  const begun = performance.now();
  const enc = spawn(openssl, ['enc', '-sm4-ctr', '-K', key ?? '', '-iv', iv ?? '', '-in', input], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const dgst = spawn(openssl, ['dgst', '-sm3', '-mac', 'hmac', '-macopt', `hexkey:${mac}`], {
    stdio: [enc.stdout, 'ignore', 'inherit'],
  });
  const ends = [enc, dgst].map(
    (child) => new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code))),
  );
  if ((await Promise.all(ends)).some((code) => code !== 0)) throw new Error('openssl failed');
  return performance.now() - begun;
}
