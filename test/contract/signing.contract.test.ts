import { afterEach, describe, expect, it, test } from 'vitest';
import { parseCertificate } from '../../src/gm/certificate.ts';
import { parseSeal } from '../../src/gm/seal.ts';
import { sm2SignatureHolds } from '../../src/gm/sm2.ts';
import { fromBase64, toBase64 } from '../../src/lib/bytes.ts';
import { signingScenes, type RelayPlatform } from '../../src/platforms/platform.ts';
import { requestDigest, signingNumber as numberOver } from '../../src/platforms/relay/request-binding.ts';
import { platforms } from '../../src/platforms/registry.ts';
import { platformIds } from '../../src/protocol/platform-ids.ts';
import { createAuthority } from '../../src/sandbox/authority/authority.ts';
import type { Fault } from '../../src/sandbox/gateway/faults.ts';
import { testSubscriber } from '../support/test-subscriber.ts';
import { startRelayBench, type RelayBench } from './relay-bench.ts';
import { identified, never, partsToSign, sealingWith, signed, signingRequest } from './signing-bench.ts';

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
const otherCertificate = toBase64(other.pair.signing);
const request = signingRequest();

describe.each(platformIds)('%s, signing', (id) => {
  const platform: RelayPlatform = platforms[id];

  describe('a front server that lies', () => {
    test.each<Fault>([
      { kind: 'foreignDigest' },
      { kind: 'foreignBase' },
      { kind: 'foreignBusinessId', call: 'open' },
    ])('is found out when it opens: %o', async (fault) => {
      const bench = await start([fault]);
      await expect(
        platform.open(request, 'opening-0000000001', bench.environment, never),
      ).rejects.toMatchObject({ code: 'FRONT_SERVER_PROTOCOL' });
    });

    it('is found out when it says that the phone has identified itself and nobody scanned', async () => {
      const bench = await start([{ kind: 'identityBeforeScan' }]);
      const handle = await platform.open(request, 'opening-0000000001', bench.environment, never);
      await expect(platform.events(handle, 0, bench.environment, never)).rejects.toMatchObject({
        code: 'FRONT_SERVER_PROTOCOL',
      });
    });

    test.each<Fault>([{ kind: 'droppedDocuments' }, { kind: 'alteredDocumentName' }])(
      'is found out by the phone when it shows other documents: %o',
      async (fault) => {
        const bench = await start([fault]);
        const handle = await platform.open(request, 'opening-0000000001', bench.environment, never);
        await expect(bench.scanSigning(handle.qr)).rejects.toMatchObject({ code: 'alteredQr' });
        expect(bench.gateway.sessions()).toMatchObject([{ state: 'refused' }]);
      },
    );

    test.each<Fault>([
      { kind: 'foreignBusinessId', call: 'identity' },
      { kind: 'garbage', call: 'identity' },
      { kind: 'hugeIdentity' },
      { kind: 'malformedSeal' },
    ])('is found out when it gives the identity: %o', async (fault) => {
      const bench = await start();
      const { handle } = await identified(platform, bench, subscriber);
      bench.gateway.setFaults([fault]);
      await expect(platform.identity(handle, request, bench.environment, never)).rejects.toMatchObject({
        code: 'FRONT_SERVER_PROTOCOL',
      });
    });

    it('is found out when its identity has no certificate of SM2', async () => {
      const bench = await start();
      const { handle } = await identified(platform, bench, subscriber);
      const certificate = toBase64(Uint8Array.of(0x30, 0));
      bench.gateway.setFaults([{ kind: 'swappedCertificate', call: 'identity', certificate }]);
      await expect(platform.identity(handle, request, bench.environment, never)).rejects.toMatchObject({
        code: 'SIGNER_UNREADABLE',
      });
    });

    it('that named another subscriber is found out by the result', async () => {
      const bench = await start();
      const { handle } = await signed(platform, bench, subscriber);
      bench.gateway.setFaults([
        { kind: 'swappedCertificate', call: 'identity', certificate: otherCertificate },
      ]);
      const identity = await platform.identity(handle, request, bench.environment, never);
      expect(identity.certificate).toBe(otherCertificate);
      await expect(
        platform.signatures(handle, request, identity, bench.environment, never),
      ).rejects.toMatchObject({ code: 'RESULT_MISMATCH' });
    });

    it('that shows the phone other bytes has it show the number of those, not the window’s', async () => {
      const bench = await start([{ kind: 'swappedToBeSigned' }]);
      const { handle, pending } = await identified(platform, bench, subscriber);
      const number = await platform.submit(handle, request, partsToSign, bench.environment, never);
      const { signingNumber, toBeSigned } = await bench.phone.untilToBeSigned(pending);
      expect(toBeSigned.map(toBase64)).not.toEqual(partsToSign);
      const digest = requestDigest(request);
      expect(number).toBe(numberOver(handle.businessId, digest, partsToSign.map(fromBase64)));
      expect(signingNumber).toBe(numberOver(handle.businessId, digest, toBeSigned));
    });

    it('cannot have a message signed whose digest is another than the phone showed', async () => {
      const bench = await start([{ kind: 'swappedToBeSigned' }]);
      const message = signingRequest('messageSignature');
      const { handle, pending } = await identified(platform, bench, subscriber, message);
      await platform.submit(handle, message, partsToSign, bench.environment, never);
      await expect(bench.phone.untilToBeSigned(pending)).rejects.toMatchObject({ code: 'unknownContent' });
      expect(bench.gateway.sessions()).toMatchObject([{ state: 'refused' }]);
    });

    const onResult: [Fault, string][] = [
      [{ kind: 'foreignBusinessId', call: 'result' }, 'FRONT_SERVER_PROTOCOL'],
      [{ kind: 'resultOfAnotherOrigin' }, 'RESULT_MISMATCH'],
      [{ kind: 'resultOfAnotherSession' }, 'RESULT_MISMATCH'],
      [{ kind: 'malformedResult' }, 'FRONT_SERVER_PROTOCOL'],
      [{ kind: 'missingSignature' }, 'RESULT_MISMATCH'],
      [{ kind: 'swappedCertificate', call: 'result', certificate: otherCertificate }, 'RESULT_MISMATCH'],
      [{ kind: 'garbage', call: 'result' }, 'FRONT_SERVER_PROTOCOL'],
      [{ kind: 'huge', call: 'result' }, 'FRONT_SERVER_PROTOCOL'],
    ];
    test.each(onResult)('is found out when it gives the result: %o', async (fault, code) => {
      const bench = await start();
      const { handle, identity } = await signed(platform, bench, subscriber);
      bench.gateway.setFaults([fault]);
      await expect(
        platform.signatures(handle, request, identity, bench.environment, never),
      ).rejects.toMatchObject({ code });
    });

    it('that gives signatures of another key gives none that the certificate verifies', async () => {
      const bench = await start();
      const { handle, identity } = await signed(platform, bench, subscriber);
      bench.gateway.setFaults([{ kind: 'foreignSignature' }]);
      const signatures = await platform.signatures(handle, request, identity, bench.environment, never);
      expect(holding(identity.certificate, signatures)).toEqual([false, false]);
    });
  });

  describe('a caller that is too early or comes twice', () => {
    it('gets no identity before the phone has identified itself', async () => {
      const bench = await start();
      const handle = await platform.open(request, 'opening-0000000001', bench.environment, never);
      await expect(platform.identity(handle, request, bench.environment, never)).rejects.toMatchObject({
        code: 'FRONT_SERVER_PROTOCOL',
      });
    });

    it('may submit the same again, but nothing else', async () => {
      const bench = await start();
      const { handle } = await identified(platform, bench, subscriber);
      const first = await platform.submit(handle, request, partsToSign, bench.environment, never);
      expect(await platform.submit(handle, request, partsToSign, bench.environment, never)).toBe(first);
      await expect(
        platform.submit(handle, request, partsToSign.toReversed(), bench.environment, never),
      ).rejects.toMatchObject({ code: 'FRONT_SERVER_PROTOCOL' });
    });

    it('cannot renew what the phone has identified itself for', async () => {
      const bench = await start();
      const { handle } = await identified(platform, bench, subscriber);
      await expect(
        platform.renew(handle, request, 'renewal-0000000001', bench.environment, never),
      ).rejects.toMatchObject({ code: 'FRONT_SERVER_PROTOCOL' });
      expect(bench.gateway.sessions()).toMatchObject([{ state: 'identified' }]);
    });
  });

  describe('the identity', () => {
    it('says who scanned, as the certificate does', async () => {
      const bench = await start();
      const { handle } = await identified(platform, bench, subscriber);
      const identity = await platform.identity(handle, request, bench.environment, never);
      expect(identity).toMatchObject({
        certificate: toBase64(subscriber.pair.signing),
        chain: subscriber.pair.chain.map(toBase64),
        signer: {
          name: '湛江测试建设有限公司',
          organization: '湛江测试建设有限公司',
          creditCode: subscriber.pair.creditCode,
          serialNumber: subscriber.pair.serial,
        },
      });
    });

    it('shows each seal as its maker made it', async () => {
      const bench = await start();
      const { handle } = await identified(platform, bench, subscriber);
      const { seals } = await platform.identity(handle, request, bench.environment, never);
      const [first] = subscriber.seals;
      const made = parseSeal(first?.seal ?? new Uint8Array());
      expect(seals.map((seal) => [seal.name, seal.picture.widthMm, seal.usable])).toEqual([
        ['公章（测试 TEST）', 42, true],
        ['法定代表人章（测试 TEST）', 18, true],
      ]);
      expect(seals[0]).toMatchObject({
        id: 'company',
        der: toBase64(made.raw),
        validTo: made.validTo.toISOString(),
        picture: { type: 'png', base64: toBase64(made.picture.data), heightMm: 42 },
      });
    });

    it.each(['expired', 'otherHolder'] as const)('shows a seal that is %s as not usable', async (defect) => {
      const bench = await start();
      const defective = testSubscriber(authority, undefined, defect);
      const { handle } = await identified(platform, bench, defective);
      const { seals } = await platform.identity(handle, request, bench.environment, never);
      expect(seals.map((seal) => seal.usable)).toEqual([false, false]);
    });

    it('has no seals for a scene that needs none', async () => {
      const bench = await start();
      const message = signingRequest('messageSignature');
      const { handle } = await identified(platform, bench, subscriber, message);
      const { seals } = await platform.identity(handle, message, bench.environment, never);
      expect(seals).toEqual([]);
    });

    it('can be read again', async () => {
      const bench = await start();
      const { handle } = await identified(platform, bench, subscriber);
      const first = await platform.identity(handle, request, bench.environment, never);
      expect(await platform.identity(handle, request, bench.environment, never)).toEqual(first);
    });
  });

  describe('the way of a session', () => {
    it.each(signingScenes)('goes from scan to signatures that hold: %s', async (scene) => {
      const bench = await start();
      const asked = signingRequest(scene);
      const { handle, identity } = await signed(platform, bench, subscriber, asked);
      const events = await platform.events(handle, 0, bench.environment, never);
      expect(events.map(({ type }) => type)).toEqual(['scanned', 'identified', 'confirmed']);
      const signatures = await platform.signatures(handle, asked, identity, bench.environment, never);
      expect(holding(identity.certificate, signatures)).toEqual([true, true]);
      expect(await platform.signatures(handle, asked, identity, bench.environment, never)).toEqual(
        signatures,
      );
    });

    it('shows both numbers that the phone computes for itself', async () => {
      const bench = await start();
      const { handle, pending } = await identified(platform, bench, subscriber);
      expect(pending.matchingNumber).toBe(handle.matchingNumber);
      const number = await platform.submit(handle, request, partsToSign, bench.environment, never);
      expect((await bench.phone.untilToBeSigned(pending)).signingNumber).toBe(number);
    });

    it('carries what GB/T 38540 has signed, with the seal in it', async () => {
      const bench = await start();
      const { handle, pending } = await identified(platform, bench, subscriber);
      const parts = subscriber.seals.map(({ seal }) => toBase64(sealingWith(seal)));
      await platform.submit(handle, request, parts, bench.environment, never);
      const { toBeSigned } = await bench.phone.untilToBeSigned(pending);
      expect(toBeSigned.map(toBase64)).toEqual(parts);
    });

    it('renews under a new id while nobody has identified himself', async () => {
      const bench = await start();
      const first = await platform.open(request, 'opening-0000000001', bench.environment, never);
      const second = await platform.renew(first, request, 'renewal-0000000001', bench.environment, never);
      const pending = await bench.scanSigning(second.qr);
      expect(pending.documents).toEqual(request.documents);
    });

    it('cancels while the phone waits for what it is to sign', async () => {
      const bench = await start();
      const { handle, pending } = await identified(platform, bench, subscriber);
      const waiting = bench.phone.untilToBeSigned(pending);
      await platform.cancel(handle, bench.environment, never);
      await expect(waiting).rejects.toMatchObject({ code: 'ended' });
    });
  });
});

function holding(certificate: string, signatures: readonly string[]): boolean[] {
  const { publicKey } = parseCertificate(fromBase64(certificate));
  return signatures.map((signature, index) =>
    sm2SignatureHolds(publicKey, fromBase64(partsToSign[index] ?? ''), fromBase64(signature)),
  );
}
