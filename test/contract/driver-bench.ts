import type {
  DocumentsRequest,
  Platform,
  PlatformEnvironment,
  PlatformHandle,
  RelayRequest,
} from '../../src/platforms/platform.ts';
import { platforms } from '../../src/platforms/registry.ts';
import { sessionDrivers, type SessionDriver } from '../../src/protocol/drivers.ts';
import { platformIds, type PlatformId } from '../../src/protocol/platform-ids.ts';
import type { Scene } from '../../src/protocol/scenes.ts';
import type { TestSubscriber } from '../support/test-subscriber.ts';
import { startLocalBench } from './local-bench.ts';
import { startRelayBench, type RelayBench } from './relay-bench.ts';
import { startSiteBench } from './site-bench.ts';

/** A session as its record has it. */
export interface DriverSession {
  readonly handle: PlatformHandle;
  /** Number of the last event that the session has seen. */
  readonly after: number;
}

/** One platform by one driver, and the user of it. */
export interface DriverBench {
  readonly environment: PlatformEnvironment;
  /** As a session of this scene has it; each stands for a worker that knows nothing of the one before. */
  platformFor(scene: Scene): Platform;
  /** The user scans and says who he is, or chooses a key. */
  scan(handle: PlatformHandle, request: RelayRequest): Promise<DriverSession>;
  /** The user confirms; of requests with documents after `submit`. */
  confirm(request: RelayRequest): Promise<void>;
  close(): Promise<void>;
}

/** Every platform by each driver that has sessions of it. */
export const drivenPlatforms: readonly (readonly [PlatformId, SessionDriver])[] = platformIds.flatMap((id) =>
  sessionDrivers
    .filter((driver) => platforms[id].offers.some((offer) => offer.driver === driver))
    .map((driver) => [id, driver] as const),
);

export const scenesOf = (id: PlatformId, driver: SessionDriver): readonly Scene[] =>
  platforms[id].offers.filter((offer) => offer.driver === driver).map(({ scene }) => scene);

export async function startDriverBench(
  id: PlatformId,
  driver: SessionDriver,
  subscriber: TestSubscriber,
): Promise<DriverBench> {
  if (driver === 'relay') {
    const bench = await startRelayBench();
    return { ...withPhone(bench, subscriber), platformFor: () => platforms[id] };
  }
  if (driver === 'site') {
    const { name } = platforms[id];
    const bench = await startSiteBench();
    const platformFor = (scene: Scene): Platform => ({ ...bench.platformFor(scene), id, name });
    return { ...withPhone(bench, subscriber), platformFor };
  }
  const { platformFor, environment } = startLocalBench([subscriber]);
  return {
    environment,
    platformFor,
    scan: ({ keys = [], ...handle }) => {
      const [only] = keys;
      if (only === undefined) throw new Error('no key');
      return Promise.resolve({ handle: { ...handle, keys, key: only.id }, after: 1 });
    },
    confirm: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

/** The user's part where a phone holds the keys. */
function withPhone(bench: RelayBench, subscriber: TestSubscriber): Omit<DriverBench, 'platformFor'> {
  let confirm: (() => Promise<void>) | undefined;

  async function scanDocuments(qr: string, request: DocumentsRequest): Promise<void> {
    const { phone } = bench;
    switch (request.scene) {
      case 'encrypt':
        return phone.identifyForBid(await bench.scanEncryption(qr), subscriber.bidIdentity);
      case 'decrypt': {
        if (request.purpose === 'check') {
          return phone.identifyForBid(await bench.scanCheck(qr), subscriber.bidIdentity);
        }
        const pending = await bench.scanOpening(qr);
        await phone.identifyForBid(pending, subscriber.bidIdentity);
        confirm = async () => {
          const { requests } = await phone.untilToOpen(pending);
          await phone.open(pending, subscriber.encryptionCredential, requests);
        };
        return;
      }
      default: {
        const pending = await bench.scanSigning(qr);
        await phone.identify(pending, subscriber.identity);
        confirm = async () => {
          const { toBeSigned } = await phone.untilToBeSigned(pending);
          await phone.sign(pending, subscriber.credential, toBeSigned);
        };
      }
    }
  }

  return {
    environment: bench.environment,
    async scan(handle, request) {
      const { qr = '' } = handle;
      if (request.scene === 'login') {
        const pending = await bench.scanLogin(qr);
        confirm = () => bench.phone.confirm(pending, subscriber.credential);
      } else await scanDocuments(qr, request);
      return { handle, after: 0 };
    },
    confirm: async () => confirm?.(),
    close: () => bench.close(),
  };
}
