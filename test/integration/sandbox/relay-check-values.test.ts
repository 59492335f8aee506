import { describe, expect, it } from 'vitest';
import { fromBase64, toHex, utf8 } from '../../../src/lib/bytes.ts';
import { qrText } from '../../../src/sandbox/gateway/binding.ts';
import {
  boundPart,
  digestOf,
  matchingNumberOf,
  signingNumberOf,
} from '../../../src/sandbox/phone/request-binding.ts';

const asked = {
  scene: 'login' as const,
  origin: 'https://ggzy.zhanjiang.gov.cn',
  challenge: 'k3Jx9QmZ7vT2wLrB8sYd',
};
const signing = {
  scene: 'signature' as const,
  origin: 'https://ggzy.zhanjiang.gov.cn',
  documents: [
    {
      name: '商务标.pdf',
      size: 3,
      sm3: '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0',
    },
    {
      name: '报价 一览表.pdf',
      size: 64,
      sm3: 'debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732',
    },
  ],
};
const encryption = { ...signing, scene: 'encrypt' as const };
const check = {
  ...signing,
  scene: 'decrypt' as const,
  purpose: 'check' as const,
  documents: signing.documents.map((document) => ({ ...document, name: `${document.name}.cabid` })),
};
/** As the front server is given it. */
const oneTimeKey = 'BDLEriwfGYEZX5kERmo5yZSP4wu/8mYL4XFaRYkzTHTHvDc2ovT2d5xZvc7ja2khU9Cph3zGKkdAAt8y5SE58KA=';
/** As the phone has read it. */
const opening = { ...check, purpose: 'open' as const, oneTimeKey: fromBase64(oneTimeKey) };
const businessId = 'mR2c0Vv5nX8yQ1aZ';

describe('the relay document’s check values', () => {
  it('hold for the phone', () => {
    const digest = digestOf(asked);
    expect(toHex(digest)).toBe('bd9b0c701af9ef77e9c15a6ecb512ef9553be4afb7374649f56e73e4176b1b8d');
    expect(boundPart(digest)).toBe('vZsMcBr573fpwVpuy1Eu-Q');
    expect(matchingNumberOf(businessId, digest)).toBe('39');
  });

  it('hold for the front server', () => {
    const qr = qrText('https://front.example.cn/relay/v1', businessId, 'scanToken', asked);
    expect(qr).toBe(
      'https://front.example.cn/relay/v1/scan/mR2c0Vv5nX8yQ1aZ#scanToken.vZsMcBr573fpwVpuy1Eu-Q',
    );
  });

  it('hold for the phone when it signs', () => {
    const digest = digestOf(signing);
    expect(toHex(digest)).toBe('a2a8064b7bbad3dea02e06bb005d2421df748a1bee97087afd9d0226a8aaf62e');
    expect(boundPart(digest)).toBe('oqgGS3u6096gLga7AF0kIQ');
    expect(matchingNumberOf(businessId, digest)).toBe('83');
    const parts = ['to be signed 1', 'to be signed 2'].map(utf8);
    expect(signingNumberOf(businessId, digest, parts)).toBe('19');
  });

  it('hold for the front server when documents are signed', () => {
    const qr = qrText('https://front.example.cn/relay/v1', businessId, 'scanToken', signing);
    expect(qr).toBe(
      'https://front.example.cn/relay/v1/scan/mR2c0Vv5nX8yQ1aZ#scanToken.oqgGS3u6096gLga7AF0kIQ',
    );
  });

  it.each([
    ['encrypt', encryption, '1d4203ec8b75226513be223e89864d222aee0746f0e52754dbc8469a59a89aa2', '96'],
    ['check', check, 'f5352f217c73e143bfeb6397ba11fb66fc7305d9288aaf6e67a362c676bc8939', '75'],
  ])('hold for phone and front server where nothing is opened: %s', (_what, request, hex, number) => {
    const digest = digestOf(request);
    expect(toHex(digest)).toBe(hex);
    expect(matchingNumberOf(businessId, digest)).toBe(number);
    const qr = qrText('https://front.example.cn/relay/v1', businessId, 'scanToken', request);
    expect(qr.split('.').at(-1)).toBe(boundPart(digest));
  });

  it.each([
    ['open', '9221c539f080277877df7c969df3818b083e3df73495ac674a9535c0c620f26e', '11'],
    ['rehearse', 'c3d673aca8223c896a3d67bb081d9aed81a1971b9645bc4df1966a3c0449befb', '14'],
  ] as const)('hold for phone and front server with a one-time key: %s', (purpose, hex, number) => {
    const digest = digestOf({ ...opening, purpose });
    expect(toHex(digest)).toBe(hex);
    expect(matchingNumberOf(businessId, digest)).toBe(number);
    const given = { ...check, purpose, oneTimeKey };
    const qr = qrText('https://front.example.cn/relay/v1', businessId, 'scanToken', given);
    expect(qr.split('.').at(-1)).toBe(boundPart(digest));
  });

  it('hold for the phone when it opens one of two files', () => {
    expect(signingNumberOf(businessId, digestOf(opening), [utf8('request to open 1')])).toBe('52');
    expect(boundPart(digestOf(opening))).toBe('kiHFOfCAJ3h333yWnfOBiw');
  });
});
