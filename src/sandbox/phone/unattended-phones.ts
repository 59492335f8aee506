import { readQrContent } from './qr-content.ts';
import type { Fetch } from './front-server-calls.ts';
import {
  createPhoneAgent,
  type BidIdentity,
  type EncryptionCredential,
  type PendingBid,
  type PendingOpening,
  type PhoneAgent,
} from './phone-agent.ts';
import { PhoneError } from './phone-error.ts';
import type { PhonePlatform } from './platform-list.ts';

/**
 * Phones that nobody holds: a facility for tests, so that many bidders can open at once. They ask no PIN and nobody
 * compares a number, so they belong to test certificates alone, and they sign nothing.
 */
export interface UnattendedPhones {
  /** Whose phones there are. */
  readonly organisations: readonly string[];
  /**
   * Scans with this bidder's phone and does what is asked: hands its certificate over, opens envelopes, refuses
   * anything else. One request at a time for each phone, all phones side by side.
   * @throws PhoneError as a phone does, `ended` also when `signal` aborts, and then the session is refused
   * @throws RangeError where nobody has such a phone
   */
  answer(organisation: string, qr: string, signal?: AbortSignal): Promise<UnattendedReport>;
}

/** A bidder whose keys lie in memory. */
export interface UnattendedBidder {
  readonly organisation: string;
  readonly identity: BidIdentity;
  /** Absent as in `identity`. */
  readonly encryption?: EncryptionCredential;
}

export interface UnattendedReport {
  readonly organisation: string;
  readonly scene: string;
  /** Of scene `decrypt`. */
  readonly purpose?: string;
  readonly did: 'identified' | 'opened' | 'refused';
  /** Names of the documents whose envelopes were opened. */
  readonly opened: readonly string[];
}

export interface UnattendedOptions {
  readonly fetch: Fetch;
  readonly platforms: readonly PhonePlatform[];
  readonly bidders: readonly UnattendedBidder[];
  /** How often a phone asks for what it is to open; every second unless told. */
  readonly pollMs?: number;
}

export function createUnattendedPhones(options: UnattendedOptions): UnattendedPhones {
  const { fetch, platforms, bidders, pollMs = 1_000 } = options;
  const agent = createPhoneAgent(fetch, { pollMs });
  const phones = new Map(bidders.map((bidder) => [bidder.organisation, bidder]));
  /** By organisation: resolves when its phone is free again. */
  const busy = new Map<string, Promise<unknown>>();

  return {
    organisations: [...phones.keys()],
    answer(organisation, qr, signal) {
      const bidder = phones.get(organisation);
      if (bidder === undefined) return Promise.reject(new RangeError('nobody has such a phone'));
      const before = busy.get(organisation) ?? Promise.resolve();
      const answered = before.then(() => {
        if (signal?.aborted) throw new PhoneError('ended', 'nobody waits any more');
        return answerOne(agent, bidder, readQrContent(qr, platforms), signal);
      });
      busy.set(
        organisation,
        answered.catch(() => undefined),
      );
      return answered;
    },
  };
}

async function answerOne(
  agent: PhoneAgent,
  bidder: UnattendedBidder,
  qr: Parameters<PhoneAgent['scan']>[0],
  signal: AbortSignal | undefined,
): Promise<UnattendedReport> {
  const { organisation } = bidder;
  const pending = await agent.scan(qr);
  if (pending.scene !== 'encrypt' && pending.scene !== 'decrypt') {
    await agent.refuse(pending);
    return { organisation, scene: pending.scene, did: 'refused', opened: [] };
  }
  try {
    const opened = await answerBid(agent, bidder, pending, signal);
    return {
      organisation,
      scene: pending.scene,
      ...(pending.scene === 'decrypt' ? { purpose: pending.purpose } : {}),
      did: opened === undefined ? 'identified' : 'opened',
      opened: opened ?? [],
    };
  } catch (error) {
    if (signal?.aborted) await agent.refuse(pending).catch(() => undefined);
    throw error;
  }
}

/** Names of what was opened; undefined where nothing is to be opened. */
async function answerBid(
  agent: PhoneAgent,
  { identity, encryption }: UnattendedBidder,
  pending: PendingBid,
  signal: AbortSignal | undefined,
): Promise<readonly string[] | undefined> {
  await agent.identifyForBid(pending, identity);
  if (!isOpening(pending) || encryption === undefined) return undefined;
  const { requests } = await agent.untilToOpen(pending, signal);
  const opened = await agent.open(pending, encryption, requests);
  return opened.map(({ name }) => name);
}

function isOpening(pending: PendingBid): pending is PendingOpening {
  return pending.scene === 'decrypt' && pending.purpose !== 'check';
}
