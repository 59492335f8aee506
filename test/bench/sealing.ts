import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { signSm2 } from '../../src/gm/sm2.ts';
import { fromBase64, toBase64 } from '../../src/lib/bytes.ts';
import type { SignatureParams } from '../../src/protocol/signature-methods.ts';
import { createAuthority } from '../../src/sandbox/authority/authority.ts';
import { sealPicture } from '../support/pdf-samples.ts';
import { createTemporaryFolder } from '../support/temporary-folder.ts';
import { testSubscriber, type TestSubscriber } from '../support/test-subscriber.ts';
import { runBounded } from './bounded-process.ts';
import { bundle } from './bundle.ts';
import { driveClient } from './driven-client.ts';
import type { Figure, RunPeer } from './figure.ts';
import { writePaddedPdf } from './padded-pdf.ts';
import type { SealerReport } from './pdf-lib-sealer.ts';
import { repeat } from './repeat.ts';

const rounds: Readonly<Record<number, number>> = { 1: 5, 50: 5, 500: 2 };

/** MiB that the peer may take before it is killed; more than it needed where it was measured. */
const peerBound = Math.floor(Math.min(6_144, totalmem() / 1_048_576 / 2));

interface Sealed {
  /** `seal.prepare` and `seal.complete`, the phone's signature not counted. */
  readonly sealing: number;
  /** From handing the file over to having the sealed one back. */
  readonly whole: number;
  readonly peak: number | undefined;
}

/** A seal into PDFs of several sizes: the real client over its pipes and its lane, and a library in a process too. */
export async function measureSealing(): Promise<Figure[]> {
  const folder = await createTemporaryFolder('ca-bridge-bench-');
  try {
    const world = await prepareWorld(folder.path);
    const figures: Figure[] = [];
    for (const [size, times] of Object.entries(rounds)) {
      figures.push(...(await measureSize(world, Number(size), times)));
    }
    return figures;
  } finally {
    await folder.remove();
  }
}

interface SealingWorld {
  readonly folder: string;
  /** Arguments of the peer's program after input and output. */
  readonly peerFiles: readonly string[];
  readonly subscriber: TestSubscriber;
  readonly anchor: Uint8Array;
}

async function prepareWorld(folder: string): Promise<SealingWorld> {
  const authority = createAuthority(Date.now);
  const subscriber = testSubscriber(authority);
  const { certificate, privateKey } = subscriber.credential;
  const write = async (name: string, content: Uint8Array | string) => {
    const path = join(folder, name);
    await writeFile(path, content);
    return path;
  };
  await write('peer.mjs', await bundle('test/bench/pdf-lib-sealer.ts', { for: 'node' }));
  const peerFiles = [
    await write('seal.png', sealPicture()),
    await write('certificate', certificate),
    await write('key', privateKey),
  ];
  await mkdir(join(folder, 'client'));
  return { folder, peerFiles, subscriber, anchor: authority.root };
}

async function measureSize(world: SealingWorld, mebibytes: number, times: number): Promise<Figure[]> {
  const input = join(world.folder, `${mebibytes}.pdf`);
  await writePaddedPdf(input, mebibytes);
  const pairs = await repeat(times, async () => ({
    ours: await sealByClient(world, input),
    theirs: await sealByLibrary(world, input),
  }));
  await rm(input);

  const reports = pairs.flatMap(({ theirs }) => ('failure' in theirs ? [] : [theirs]));
  const failure = pairs.flatMap(({ theirs }) => ('failure' in theirs ? [theirs.failure] : []))[0];
  const peer = (valueOf: (report: SealerReport) => number[], note?: string): RunPeer => {
    const said = failure ?? note;
    return {
      name: '@cantoo/pdf-lib',
      samples: failure === undefined ? reports.flatMap(valueOf) : [],
      ...(said === undefined ? {} : { note: said }),
    };
  };
  const time = peer(({ milliseconds }) => [milliseconds]);
  return [
    {
      metric: `sealing a PDF of ${mebibytes} MiB`,
      samples: pairs.map(({ ours }) => ours.sealing),
      unit: 'ms',
      peers: time,
    },
    {
      metric: `sealing a PDF of ${mebibytes} MiB, sent and fetched`,
      samples: pairs.map(({ ours }) => ours.whole),
      unit: 'ms',
      peers: time,
    },
    {
      metric: `sealing a PDF of ${mebibytes} MiB, peak memory (limit 256 MiB)`,
      samples: pairs.flatMap(({ ours }) => ours.peak ?? []),
      unit: 'MiB',
      peers: peer(({ peak }) => (peak === undefined ? [] : [peak])),
    },
  ];
}

async function sealByClient({ folder, subscriber, anchor }: SealingWorld, input: string): Promise<Sealed> {
  const client = await driveClient(join(folder, 'client'));
  try {
    const begun = performance.now();
    const file = await client.send(input, 'bid.pdf');
    const params = sealParams(file, subscriber, anchor);

    const preparing = performance.now();
    const { toBeSigned } = await client.call('seal.prepare', params);
    const prepared = performance.now();
    const signature = toBase64(signSm2(subscriber.credential.privateKey, fromBase64(toBeSigned)));
    const completing = performance.now();
    const sealed = await client.call('seal.complete', { ...params, toBeSigned, signature });
    const completed = performance.now();

    const fetched = await client.fetch(sealed.file);
    const ended = performance.now();
    if (fetched !== sealed.size || fetched <= (await stat(input)).size)
      throw new Error('not the sealed file');
    return {
      sealing: prepared - preparing + completed - completing,
      whole: ended - begun,
      peak: await client.peak(),
    };
  } finally {
    await client.close();
  }
}

function sealParams(
  file: string,
  { credential, seals: [seal] }: TestSubscriber,
  anchor: Uint8Array,
): SignatureParams<'seal.prepare'> {
  if (seal === undefined) throw new Error('the subscriber has no seal');
  return {
    file,
    format: 'cms',
    signer: {
      certificate: toBase64(credential.certificate),
      chain: credential.chain.map((issuer) => toBase64(issuer)),
    },
    trust: { anchors: [toBase64(anchor)], online: false },
    signingTime: Date.now(),
    seal: toBase64(seal.seal),
    places: [{ kind: 'point', page: 1, x: 300, y: 400 }],
  };
}

async function sealByLibrary(
  { folder, peerFiles }: SealingWorld,
  input: string,
): Promise<SealerReport | { readonly failure: string }> {
  const output = join(folder, 'sealed.pdf');
  try {
    const end = await runBounded([join(folder, 'peer.mjs'), input, output, ...peerFiles], peerBound);
    return 'failure' in end ? end : (JSON.parse(end.output) as SealerReport);
  } finally {
    await rm(output, { force: true });
  }
}
