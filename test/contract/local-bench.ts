import { parseEnvelope } from '../../src/gm/enveloped-data-message.ts';
import { EnvelopeError, openEnvelope } from '../../src/gm/enveloped-data.ts';
import { parseDer } from '../../src/gm/der.ts';
import { encryptSm2 } from '../../src/gm/sm2-encryption.ts';
import { signSm2 } from '../../src/gm/sm2.ts';
import { fromBase64, toBase64 } from '../../src/lib/bytes.ts';
import { localPlatform, type LocalPlatform } from '../../src/platforms/local/local-platform.ts';
import type { VendorChannel } from '../../src/platforms/local/vendor-channel.ts';
import type { PlatformEnvironment } from '../../src/platforms/platform.ts';
import { platforms } from '../../src/platforms/registry.ts';
import { CodedError } from '../../src/protocol/coded-error.ts';
import type { connectorMethods, VendorKey } from '../../src/protocol/connector-methods.ts';
import type { ErrorCode } from '../../src/protocol/error-codes.ts';
import type { MethodParams, MethodResult } from '../../src/protocol/native-messages.ts';
import type { Scene } from '../../src/protocol/scenes.ts';
import type { TestSubscriber } from '../support/test-subscriber.ts';

type Methods = typeof connectorMethods;
type VendorMethod = keyof Methods & `vendor.${string}`;
type Answers = {
  readonly [M in VendorMethod]: (params: MethodParams<Methods, M>) => MethodResult<Methods, M>;
};

/** A vendor's service with real keys, as a client gives it, and a platform that reaches it. */
export interface LocalBench {
  readonly channel: VendorChannel;
  readonly keys: readonly VendorKey[];
  /** Methods in the order of their calls. */
  readonly calls: readonly VendorMethod[];
  /** As a session of this scene has it; each stands for a worker that knows the session's record alone. */
  platformFor(scene: Scene): LocalPlatform;
  readonly environment: PlatformEnvironment;
  /** The next calls of this method end so. */
  fail(method: VendorMethod, code: ErrorCode): void;
  /** The next calls of this method find the vendor's window open: they wait until the session gives them up. */
  hang(method: VendorMethod): void;
  /** Calls that wait so now. */
  hanging(): number;
  /** The client's process is another: nobody has entered a PIN there. */
  restartClient(): void;
}

/** What is done with each answer before it is given. */
export interface LocalBenchWishes {
  readonly answers?: Partial<Answers>;
}

export const keyIdOf = (index: number): string => `SM2/container-${index + 1}`;

export function startLocalBench(
  subscribers: readonly TestSubscriber[],
  { answers = {} }: LocalBenchWishes = {},
): LocalBench {
  const keys = subscribers.map(({ organisation, bidIdentity }, index): VendorKey => ({
    id: keyIdOf(index),
    name: organisation,
    certificate: toBase64(bidIdentity.certificate),
    ...(bidIdentity.encryptionCertificate === undefined
      ? {}
      : { encryptionCertificate: toBase64(bidIdentity.encryptionCertificate) }),
  }));
  const calls: VendorMethod[] = [];
  const failures = new Map<VendorMethod, ErrorCode>();
  const hanging = new Set<VendorMethod>();
  let waiting = 0;
  const loggedIn = new Set<string>();
  let submitted: readonly string[] = [];

  const subscriberOf = (key: string): TestSubscriber => {
    const found = subscribers[keys.findIndex(({ id }) => id === key)];
    if (found === undefined) throw new CodedError('VENDOR_KEY_MISSING');
    if (!loggedIn.has(key)) throw new CodedError('VENDOR_LOGIN_REFUSED');
    return found;
  };
  const service: Answers = {
    'vendor.probe': () => ({ version: '3.5' }),
    'vendor.list'() {
      if (keys.length === 0) throw new CodedError('VENDOR_KEY_MISSING');
      return { keys };
    },
    'vendor.login'({ key }) {
      loggedIn.add(key);
      return {};
    },
    'vendor.sign'({ key, contents }) {
      const { privateKey } = subscriberOf(key).credential;
      return { signatures: contents.map((content) => toBase64(signSm2(privateKey, fromBase64(content)))) };
    },
    'vendor.open'({ key, requests, oneTimeKey }) {
      const opener = subscriberOf(key).encryptionCredential;
      return { keys: requests.map((request) => opened(request, opener, fromBase64(oneTimeKey))) };
    },
    ...answers,
  };

  const channel: VendorChannel = {
    async call(method, params, signal) {
      calls.push(method);
      if (signal.aborted) throw new CodedError('REQUEST_ABORTED');
      if (hanging.has(method)) {
        waiting += 1;
        await untilAborted(signal).finally(() => (waiting -= 1));
      }
      const code = failures.get(method);
      if (code !== undefined) throw new CodedError(code);
      return service[method](params);
    },
  };

  const { id, name, connector } = platforms['yun-you-cai'];
  if (connector === undefined) throw new Error('no connector');
  return {
    channel,
    keys,
    calls,
    environment: {
      frontServer: '',
      http: () => Promise.reject(new Error('no network in this driver')),
      now: Date.now,
      pause: () => Promise.resolve(),
    },
    platformFor(scene) {
      const platform = localPlatform({ id, name, connector, channel, scene, submitted: () => submitted });
      return {
        ...platform,
        submit(handle, request, toBeSigned, environment, signal) {
          submitted = toBeSigned;
          return platform.submit(handle, request, toBeSigned, environment, signal);
        },
      };
    },
    fail: (method, code) => void failures.set(method, code),
    hang: (method) => void hanging.add(method),
    hanging: () => waiting,
    restartClient: () => loggedIn.clear(),
  };
}

function untilAborted(signal: Parameters<VendorChannel['call']>[2]): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new CodedError('REQUEST_ABORTED')));
  });
}

/** The content key of an OpeningRequest (relay document), wrapped to the one-time key. */
function opened(
  request: string,
  opener: TestSubscriber['encryptionCredential'],
  oneTimeKey: Uint8Array,
): string | null {
  const envelope = parseDer(fromBase64(request)).children[2]?.content ?? new Uint8Array();
  try {
    return toBase64(encryptSm2(oneTimeKey, openEnvelope(parseEnvelope(envelope), opener)));
  } catch (error) {
    if (error instanceof EnvelopeError) return null;
    throw error;
  }
}
