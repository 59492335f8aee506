import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseCertificate } from '../../../src/gm/certificate.ts';
import { parseRevocationList } from '../../../src/gm/revocation-list.ts';
import { parseSeal } from '../../../src/gm/seal.ts';
import { generateSm2KeyPair, signSm2 } from '../../../src/gm/sm2.ts';
import { fromBase64, toBase64, toHex, utf8 } from '../../../src/lib/bytes.ts';
import { sandboxOrigins } from '../../../src/sandbox/origins.ts';
import { enrol } from '../../../src/sandbox/phone/enrolment.ts';
import type { Fetch } from '../../../src/sandbox/phone/front-server-calls.ts';
import { openVault, type VaultStorage } from '../../../src/sandbox/phone/vault.ts';
import { createSiteClient } from './site-client.ts';
import { startTestWorld, type TestWorld } from './test-world.ts';

let world: TestWorld;
beforeEach(async () => {
  world = await startTestWorld();
});
afterEach(() => world.close());

const pngHead = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const png = toBase64(Uint8Array.from([...pngHead, 1, 2, 3]));
const hugePng = toBase64(Uint8Array.from([...pngHead, ...new Uint8Array(300_000)]));

const organisation = '粤西示例市政工程有限公司';

function request(change: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const signing = generateSm2KeyPair();
  const encryption = generateSm2KeyPair();
  const signed = [organisation, toHex(signing.publicKey), toHex(encryption.publicKey)].join('\n');
  return {
    organisation,
    signingPublicKey: toBase64(signing.publicKey),
    encryptionPublicKey: toBase64(encryption.publicKey),
    proof: toBase64(signSm2(signing.privateKey, utf8(signed))),
    ...change,
  };
}

const post = (body: unknown): Promise<Response> => createSiteClient(world.phoneOrigin).post('/enrol', body);

describe('enrolment at the phone server', () => {
  it.each([
    ['a name that the signing key did not sign', { organisation: '冒名公司' }, 403],
    ['a key of someone else', { signingPublicKey: request()['signingPublicKey'] }, 403],
    ['a proof that is no signature', { proof: 'MAA=' }, 403],
    ['a key that is no point', { signingPublicKey: toBase64(new Uint8Array(65).fill(4)) }, 403],
    ['no name', { organisation: '  ' }, 400],
    ['a name without end', { organisation: '长'.repeat(61) }, 400],
    ['a key that is not base64', { encryptionPublicKey: '!' }, 400],
    ['no proof', { proof: undefined }, 400],
    ['seals that are no pictures', { sealPictures: { company: 'MA==', legalPerson: 'MA==' } }, 400],
    ['one seal picture of two', { sealPictures: { company: png } }, 400],
    ['a picture without end', { sealPictures: { company: hugePng, legalPerson: png } }, 400],
  ])('is refused with %s', async (_, change, status) => {
    expect((await post(request(change))).status).toBe(status);
  });

  it('gives a signing and an encryption certificate, each for its own use', async () => {
    const response = await post(request());
    expect(response.status).toBe(201);
    const holder = (await response.json()) as Record<'signingCertificate' | 'encryptionCertificate', string>;
    const signing = parseCertificate(fromBase64(holder.signingCertificate));
    const encryption = parseCertificate(fromBase64(holder.encryptionCertificate));
    expect(signing.subject.text).toContain('测试证书 TEST');
    expect(signing.keyUsage).toEqual(['digitalSignature', 'nonRepudiation']);
    expect(encryption.keyUsage).toContain('keyEncipherment');
    expect(encryption.keyUsage).not.toContain('digitalSignature');
    expect(signing.creditCode).toMatch(/^91440800[0-9A-Z]{10}$/);
  });

  it('makes seals of the pictures that the phone drew', async () => {
    const response = await post(request({ sealPictures: { company: png, legalPerson: png } }));
    const { seals } = (await response.json()) as { seals: { id: string; name: string; seal: string }[] };
    expect(seals.map(({ id }) => id)).toEqual(['company', 'legalPerson']);
    for (const { name, seal } of seals) {
      expect(name).toContain('测试 TEST');
      expect(toBase64(parseSeal(fromBase64(seal)).picture.data)).toBe(png);
    }
  });

  it('fills the phone’s vault', async () => {
    const stored = new Map<string, string>();
    const storage: VaultStorage = {
      getItem: (name) => stored.get(name) ?? null,
      setItem: (name, value) => void stored.set(name, value),
      removeItem: (name) => void stored.delete(name),
    };
    const here: Fetch = (path, init) => fetch(world.phoneOrigin + path, init);
    const holder = await enrol(here, storage, { organisation, pin: '123456' });
    expect(holder).toMatchObject({ organisation, authority: world.authority.fingerprint });
    expect((await openVault(storage, '123456')).signing).toHaveLength(32);
  });
});

describe('the phone server', () => {
  it('tells the phone its own list of front servers', async () => {
    const settings = await (await fetch(`${world.phoneOrigin}/phone.json`)).json();
    expect(settings).toEqual({
      authority: world.authority.fingerprint,
      platforms: [
        { name: '中招互连', base: sandboxOrigins.frontServers['zhongzhao-hulian'] },
        { name: '粤企签', base: sandboxOrigins.frontServers['yue-qi-qian'] },
      ],
    });
  });

  it('serves the revocation list where its certificates say', async () => {
    const holder = (await (await post(request())).json()) as { signingCertificate: string; serial: string };
    const [address = ''] = parseCertificate(fromBase64(holder.signingCertificate)).crlDistributionPoints;
    world.authority.revoke(holder.serial);
    const response = await fetch(address);
    expect(response.headers.get('content-type')).toBe('application/pkix-crl');
    const list = parseRevocationList(new Uint8Array(await response.arrayBuffer()));
    expect(list.find(holder.serial)).toBeDefined();
  });
});
