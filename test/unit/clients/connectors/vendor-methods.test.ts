import { describe, expect, it, test } from 'vitest';
import * as v from 'valibot';
import type { Connector } from '../../../../src/clients/connectors/connector.ts';
import { createVendorMethods } from '../../../../src/clients/connectors/vendor-methods.ts';
import { createVendorOpenMethod } from '../../../../src/clients/connectors/vendor-open-method.ts';
import { encodeOpeningRequest } from '../../../../src/clients/encryption/opening-request.ts';
import { silentLog } from '../../../../src/clients/runtime/log.ts';
import type { MethodContext } from '../../../../src/clients/runtime/method-handlers.ts';
import { parseCertificate } from '../../../../src/gm/certificate.ts';
import { sealEnvelope } from '../../../../src/gm/enveloped-data.ts';
import { decryptSm2 } from '../../../../src/gm/sm2-encryption.ts';
import { generateSm2KeyPair, signSm2, verifySm2 } from '../../../../src/gm/sm2.ts';
import { fromBase64, toBase64, utf8 } from '../../../../src/lib/bytes.ts';
import { codeOf, CodedError } from '../../../../src/protocol/coded-error.ts';
import { connectorMethods } from '../../../../src/protocol/connector-methods.ts';
import { servedClient } from '../runtime/served-client.ts';
import { nobody, vendorKey } from './vendor-world.ts';

const { bidder, listed } = vendorKey('key-1');
const told: (readonly [number, number])[] = [];
const context: MethodContext = {
  signal: nobody,
  progress: (done, total) => void told.push([done, total]),
  files: servedClient('encryption', {}).files,
  log: silentLog,
};

function connector(wishes: Partial<Connector>): { readonly xtx: Connector } {
  const refuse = () => Promise.reject(new CodedError('VENDOR_FAILED'));
  return {
    xtx: { probe: refuse, list: refuse, login: refuse, sign: refuse, open: refuse, ...wishes },
  };
}

describe('vendor.sign', () => {
  const contents = ['first', 'second'].map((text) => toBase64(utf8(text)));
  const params = { connector: 'xtx', key: 'key-1', certificate: listed.certificate, contents } as const;
  const sign = (wishes: Partial<Connector>, changes: Partial<typeof params> = {}) =>
    createVendorMethods(connector(wishes))['vendor.sign'].run({ ...params, ...changes }, context);
  const { privateKey } = bidder.credential;

  it('gives a signature for each content, in order', async () => {
    const { signatures } = await sign({ sign: async (_, content) => signSm2(privateKey, content) });
    const { publicKey } = parseCertificate(fromBase64(listed.certificate));
    const holds = signatures.map((signature, index) =>
      verifySm2(publicKey, fromBase64(contents[index] ?? ''), fromBase64(signature)),
    );
    expect(holds).toEqual([true, true]);
    expect(told.slice(-2)).toEqual([
      [1, 2],
      [2, 2],
    ]);
  });

  it('refuses all when one does not hold', async () => {
    let count = 0;
    const signing = sign({
      async sign(_, content) {
        count += 1;
        return signSm2(privateKey, count === 2 ? utf8('other') : content);
      },
    });
    await expect(signing).rejects.toThrow('SIGNATURE_MISMATCH');
  });

  it('asks nothing of the service for a certificate that cannot be read', async () => {
    const certificate = toBase64(utf8('no certificate'));
    await expect(sign({}, { certificate })).rejects.toThrow('SIGNER_UNREADABLE');
  });

  it('asks nothing of the service for what is no base64', async () => {
    await expect(sign({}, { contents: ['QQ', 'QR=='] })).rejects.toThrow('invalidParams');
  });
});

describe('vendor.open', () => {
  const oneTime = generateSm2KeyPair();
  const { certificate } = bidder.encryptionCredential;
  const contentKey = () => utf8('0123456789abcdef0123456789abcdef0123456789abcdef');
  const envelope = sealEnvelope({ content: contentKey(), recipients: [certificate] });
  const request = encodeOpeningRequest({ document: 'ab'.repeat(32), envelope });
  const params = {
    connector: 'xtx',
    key: 'key-1',
    requests: [request],
    oneTimeKey: toBase64(oneTime.publicKey),
  } as const;
  const open = (opened: Connector['open'], changes: { requests?: string[]; oneTimeKey?: string } = {}) =>
    createVendorOpenMethod(connector({ open: opened }))['vendor.open'].run(
      { ...params, requests: [...params.requests], ...changes },
      context,
    );

  it('wraps what the service opened to the one-time key, and overwrites it', async () => {
    const opened = contentKey();
    const { keys } = await open(async () => opened);
    expect(decryptSm2(oneTime.privateKey, fromBase64(keys[0] ?? ''))).toEqual(contentKey());
    expect(opened).toEqual(new Uint8Array(48));
    expect(v.is(connectorMethods['vendor.open'].result, { keys })).toBe(true);
  });

  it('hands the envelope over as it came', async () => {
    const given: Uint8Array[] = [];
    await open(async (_, { raw }) => {
      given.push(raw);
      return undefined;
    });
    expect(given).toEqual([envelope]);
  });

  it('gives null where the service could not open it, and goes on', async () => {
    let count = 0;
    const opened = async () => (count++ === 0 ? undefined : contentKey());
    const { keys } = await open(opened, { requests: [request, request] });
    expect(keys).toEqual([null, expect.any(String)]);
  });

  test.each([0, 1, 15, 65, 4_096])('gives null for %d bytes, and overwrites them', async (length) => {
    const opened = new Uint8Array(length).fill(7);
    expect(await open(async () => opened)).toEqual({ keys: [null] });
    expect(opened.every((byte) => byte === 0)).toBe(true);
  });

  test.each(['VENDOR_LOGIN_REFUSED', 'VENDOR_KEY_MISSING', 'VENDOR_SILENT', 'REQUEST_ABORTED'] as const)(
    'ends with %s',
    async (code) => {
      const opening = open(() => Promise.reject(new CodedError(code)));
      await expect(opening.catch(codeOf)).resolves.toBe(code);
    },
  );

  test.each([
    ['no base64', 'QR=='],
    ['no DER', toBase64(utf8('request'))],
    ['no request', toBase64(envelope)],
    ['with bytes behind it', toBase64(Uint8Array.of(...fromBase64(request), 0))],
    ['of no envelope', encodeOpeningRequest({ document: 'ab'.repeat(32), envelope: utf8('none') })],
  ])('asks nothing of the service for a request that is %s', async (_, bad) => {
    let asked = 0;
    const opening = open(
      async () => {
        asked += 1;
        return undefined;
      },
      { requests: [request, bad] },
    );
    await expect(opening).rejects.toThrow('invalidParams');
    expect(asked).toBe(0);
  });

  test.each([
    ['no point', toBase64(new Uint8Array(65).fill(4))],
    ['too short', toBase64(oneTime.publicKey.subarray(0, 64))],
  ])('asks nothing of the service for a one-time key that is %s', async (_, oneTimeKey) => {
    await expect(open(() => Promise.reject(new Error('asked')), { oneTimeKey })).rejects.toThrow(
      'invalidParams',
    );
  });
});
