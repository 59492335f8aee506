import { randomBytes } from 'node:crypto';
import { generateSm2KeyPair, signSm2, verifySm2 } from '../../src/gm/sm2.ts';
import { ensureOpenssl } from '../support/openssl.ts';
import { tryCommand } from '../support/run-command.ts';
import type { Figure } from './figure.ts';
import { repeat } from './repeat.ts';

const rounds = 3;
const secondsEach = 1;

interface Speeds {
  readonly signs: number;
  readonly verifies: number;
}

/** SM2 signatures made and verified a second on one core, beside the openssl command's own measurement. */
export async function measureSm2(): Promise<Figure[]> {
  const openssl = await ensureOpenssl();
  const pairs = await repeat(rounds, async () => ({
    ours: ourSpeeds(),
    theirs: await opensslSpeeds(openssl),
  }));
  const theirs = pairs.flatMap((pair) => pair.theirs ?? []);
  const peer = {
    name: 'openssl speed sm2',
    ...(theirs.length === rounds ? {} : { note: 'this openssl cannot measure SM2' }),
  };
  const figure = (metric: string, kind: keyof Speeds): Figure => ({
    metric,
    samples: pairs.map(({ ours }) => ours[kind]),
    unit: '/s',
    peers: { ...peer, samples: theirs.length === rounds ? theirs.map((speeds) => speeds[kind]) : [] },
  });
  return [figure('SM2 signatures made', 'signs'), figure('SM2 signatures verified', 'verifies')];
}

function ourSpeeds(): Speeds {
  const { privateKey, publicKey } = generateSm2KeyPair();
  const message = randomBytes(32);
  const signature = signSm2(privateKey, message);
  return {
    signs: timesASecond(() => signSm2(privateKey, message)),
    verifies: timesASecond(() => {
      if (!verifySm2(publicKey, message, signature)) throw new Error('our own signature does not verify');
    }),
  };
}

/** Processor time counts, as in openssl's measurement. */
function timesASecond(work: () => unknown): number {
  const begun = process.cpuUsage();
  for (let count = 1; ; count += 1) {
    work();
    const { user, system } = process.cpuUsage(begun);
    const seconds = (user + system) / 1_000_000;
    if (seconds >= secondsEach) return count / seconds;
  }
}

/** Nothing where this openssl's `speed` does not know SM2. */
async function opensslSpeeds(openssl: string): Promise<Speeds | undefined> {
  const { stdout } = await tryCommand(openssl, ['speed', '-seconds', String(secondsEach), 'sm2']);
  const row = /^.*\(CurveSM2\)\s+[\d.]+s\s+[\d.]+s\s+([\d.]+)\s+([\d.]+)\s*$/m.exec(
    Buffer.from(stdout).toString('utf8'),
  );
  return row === null ? undefined : { signs: Number(row[1]), verifies: Number(row[2]) };
}
