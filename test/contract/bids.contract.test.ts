import { afterEach, describe, expect, it, test } from 'vitest';
import { generateSm2KeyPair } from '../../src/gm/sm2.ts';
import { toBase64 } from '../../src/lib/bytes.ts';
import type { PlatformEnvironment, RelayPlatform, SignerIdentity } from '../../src/platforms/platform.ts';
import { platforms } from '../../src/platforms/registry.ts';
import { platformIds } from '../../src/protocol/platform-ids.ts';
import { createAuthority } from '../../src/sandbox/authority/authority.ts';
import type { Fault } from '../../src/sandbox/gateway/faults.ts';
import { testSubscriber } from '../support/test-subscriber.ts';
import { encryptionRequest, never, opened, openingRequest } from './bids-bench.ts';
import { startRelayBench, type RelayBench } from './relay-bench.ts';
import { identified, signingRequest } from './signing-bench.ts';

let benches: RelayBench[] = [];
afterEach(async () => {
  for (const bench of benches.splice(0)) await bench.close();
});

async function start(faults: readonly Fault[] = []): Promise<RelayBench> {
  const bench = await startRelayBench(faults);
  benches = [...benches, bench];
  return bench;
}

const authority = createAuthority(Date.now);
const subscriber = testSubscriber(authority);
const other = testSubscriber(authority);
const certificate = toBase64(other.pair.encryption);
const seal = toBase64(subscriber.seals[0]?.seal ?? new Uint8Array());
const request = openingRequest();
const own = generateSm2KeyPair().publicKey;
const offCurve = own.with(64, (own[64] ?? 0) ^ 1);

describe.each(platformIds)('%s, bids', (id) => {
  const platform: RelayPlatform = platforms[id];

  async function handedOver(bench: RelayBench, by = subscriber) {
    const handle = await platform.open(encryptionRequest, 'opening-0000000001', bench.environment, never);
    await bench.phone.identifyForBid(await bench.scanEncryption(handle.qr), by.bidIdentity);
    return handle;
  }

  const keys = (bench: RelayBench, { handle, identity }: Awaited<ReturnType<typeof opened>>, count = 2) =>
    platform.keys(handle, request, identity, count, bench.environment, never);

  describe('a front server that lies', () => {
    test.each<Fault>([
      { kind: 'foreignDigest' },
      { kind: 'foreignBase' },
      { kind: 'foreignBusinessId', call: 'open' },
    ])('is found out when it opens: %o', async (fault) => {
      const bench = await start([fault]);
      for (const asked of [encryptionRequest, request]) {
        await expect(
          platform.open(asked, 'opening-0000000001', bench.environment, never),
        ).rejects.toMatchObject({ code: 'FRONT_SERVER_PROTOCOL' });
      }
    });

    test.each<Fault>([
      { kind: 'alteredPurpose', purpose: 'check' },
      { kind: 'alteredPurpose', purpose: 'rehearse' },
      { kind: 'droppedDocuments' },
      { kind: 'alteredDocumentName' },
      { kind: 'swappedOneTimeKey', oneTimeKey: toBase64(own) },
      { kind: 'swappedOneTimeKey', oneTimeKey: toBase64(offCurve) },
      { kind: 'swappedOneTimeKey', oneTimeKey: '' },
      { kind: 'withoutOneTimeKey' },
    ])('is found out by the phone when it shows another request: %o', async (fault) => {
      const bench = await start([fault]);
      const handle = await platform.open(request, 'opening-0000000001', bench.environment, never);
      await expect(bench.scanOpening(handle.qr)).rejects.toMatchObject({ code: 'alteredQr' });
      expect(bench.gateway.sessions()).toMatchObject([{ state: 'refused' }]);
    });

    test.each<[string, readonly Fault[]]>([
      ['with a key besides', [{ kind: 'swappedOneTimeKey', oneTimeKey: toBase64(own) }]],
      ['as an opening without a key', [{ kind: 'alteredPurpose', purpose: 'open' }]],
      [
        'as an opening to its own key',
        [
          { kind: 'alteredPurpose', purpose: 'open' },
          { kind: 'swappedOneTimeKey', oneTimeKey: toBase64(own) },
        ],
      ],
    ])('is found out by the phone when it shows a check %s', async (_, faults) => {
      const bench = await start(faults);
      const check = openingRequest('check');
      const { qr } = await platform.open(check, 'opening-0000000001', bench.environment, never);
      await expect(bench.phone.scan(bench.readQr(qr))).rejects.toMatchObject({ code: 'alteredQr' });
      expect(bench.gateway.sessions()).toMatchObject([{ state: 'refused' }]);
    });

    it('that binds the QR to its own key is found out when it opens', async () => {
      const bench = await start();
      const { environment } = bench;
      const swapping: PlatformEnvironment = {
        ...environment,
        http: ({ body, ...rest }, signal) =>
          environment.http({ ...rest, body: { ...body, oneTimeKey: toBase64(own) } }, signal),
      };
      await expect(platform.open(request, 'opening-0000000001', swapping, never)).rejects.toMatchObject({
        code: 'FRONT_SERVER_PROTOCOL',
      });
    });

    test.each<Fault>([
      { kind: 'foreignBusinessId', call: 'identity' },
      { kind: 'garbage', call: 'identity' },
      { kind: 'hugeIdentity' },
      { kind: 'unaskedSeal', seal },
      { kind: 'swappedEncryptionCertificate', certificate: '<pem>' },
      { kind: 'swappedEncryptionCertificate', certificate: 'A'.repeat(8_196) },
      { kind: 'swappedEncryptionCertificate', certificate: '' },
    ])('is found out when it gives the identity: %o', async (fault) => {
      const bench = await start();
      const handle = await handedOver(bench);
      bench.gateway.setFaults([fault]);
      await expect(
        platform.identity(handle, encryptionRequest, bench.environment, never),
      ).rejects.toMatchObject({ code: 'FRONT_SERVER_PROTOCOL' });
    });

    it('gives no encryption certificate where none is asked for', async () => {
      const bench = await start([{ kind: 'swappedEncryptionCertificate', certificate }]);
      const { handle } = await identified(platform, bench, subscriber);
      const identity = await platform.identity(handle, signingRequest(), bench.environment, never);
      expect(identity).not.toHaveProperty('encryptionCertificate');
    });

    it.each<Fault>([
      { kind: 'swappedEncryptionCertificate', certificate },
      { kind: 'withoutEncryptionCertificate' },
    ])('that gave another certificate than the phone is found out by the result: %o', async (fault) => {
      const bench = await start();
      const session = await opened(platform, bench, subscriber);
      bench.gateway.setFaults([fault]);
      const identity: SignerIdentity = await platform.identity(
        session.handle,
        request,
        bench.environment,
        never,
      );
      await expect(keys(bench, { ...session, identity })).rejects.toMatchObject({ code: 'RESULT_MISMATCH' });
    });

    it('cannot have the phone open what is no request', async () => {
      const bench = await start();
      const handle = await platform.open(request, 'opening-0000000001', bench.environment, never);
      const pending = await bench.scanOpening(handle.qr);
      await bench.phone.identifyForBid(pending, subscriber.bidIdentity);
      await platform.submit(handle, request, [certificate], bench.environment, never);
      await expect(bench.phone.untilToOpen(pending)).rejects.toMatchObject({ code: 'unknownEnvelope' });
      expect(bench.gateway.sessions()).toMatchObject([{ state: 'refused' }]);
    });

    const onResult: [Fault, string][] = [
      [{ kind: 'foreignBusinessId', call: 'result' }, 'FRONT_SERVER_PROTOCOL'],
      [{ kind: 'garbage', call: 'result' }, 'FRONT_SERVER_PROTOCOL'],
      [{ kind: 'huge', call: 'result' }, 'FRONT_SERVER_PROTOCOL'],
      [{ kind: 'malformedResult' }, 'FRONT_SERVER_PROTOCOL'],
      [{ kind: 'resultOfAnotherScene' }, 'FRONT_SERVER_PROTOCOL'],
      [{ kind: 'malformedKey', key: '' }, 'FRONT_SERVER_PROTOCOL'],
      [{ kind: 'malformedKey', key: 'not base64' }, 'FRONT_SERVER_PROTOCOL'],
      [{ kind: 'malformedKey', key: 'A'.repeat(1_028) }, 'FRONT_SERVER_PROTOCOL'],
      [{ kind: 'malformedKey', key: 0 }, 'FRONT_SERVER_PROTOCOL'],
      [{ kind: 'resultOfAnotherOrigin' }, 'RESULT_MISMATCH'],
      [{ kind: 'resultOfAnotherSession' }, 'RESULT_MISMATCH'],
      [{ kind: 'missingKey' }, 'RESULT_MISMATCH'],
      [{ kind: 'surplusKey' }, 'RESULT_MISMATCH'],
      [{ kind: 'swappedCertificate', call: 'result', certificate }, 'RESULT_MISMATCH'],
    ];
    test.each(onResult)('is found out when it gives the keys: %o', async (fault, code) => {
      const bench = await start();
      const session = await opened(platform, bench, subscriber);
      bench.gateway.setFaults([fault]);
      await expect(keys(bench, session)).rejects.toMatchObject({ code });
    });

    it('cannot give signatures for keys', async () => {
      const bench = await start();
      const session = await opened(platform, bench, subscriber);
      const signing = { ...signingRequest(), documents: request.documents };
      await expect(
        platform.signatures(session.handle, signing, session.identity, bench.environment, never),
      ).rejects.toMatchObject({ code: 'FRONT_SERVER_PROTOCOL' });
    });

    it('is found out when keys are asked for more requests than the phone had', async () => {
      const bench = await start();
      const session = await opened(platform, bench, subscriber);
      await expect(keys(bench, session, 3)).rejects.toMatchObject({ code: 'RESULT_MISMATCH' });
    });
  });
});
