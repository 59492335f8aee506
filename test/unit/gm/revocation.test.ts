import { describe, expect, it, test } from 'vitest';
import { buildChain, type ChainRequest } from '../../../src/gm/certificate-chain.ts';
import { parseCertificate } from '../../../src/gm/certificate.ts';
import {
  encode,
  encodeBitString,
  encodeNamedBits,
  encodeObjectIdentifier,
  encodeOctetString,
  encodeSequence,
  encodeTime,
  encodeUnsignedInteger,
} from '../../../src/gm/der-encode.ts';
import { contextTag } from '../../../src/gm/der.ts';
import { oid } from '../../../src/gm/object-identifiers.ts';
import { createRevocationList, type RevocationListRequest } from '../../../src/gm/revocation-list-builder.ts';
import { parseRevocationList } from '../../../src/gm/revocation-list.ts';
import { checkRevocation } from '../../../src/gm/revocation.ts';
import { signSm2 } from '../../../src/gm/sm2.ts';
import { fromHex, utf8 } from '../../../src/lib/bytes.ts';
import { issueIntermediate, issueRoot, issueSubscriber, moment, reissue } from './test-pki.ts';

const root = issueRoot();
const intermediate = issueIntermediate(root);
const url = 'http://ca.example/lists/1.crl';
const subscriber = issueSubscriber(intermediate, 'signing', { crlDistributionPoints: [url] });
const certificate = parseCertificate(subscriber.certificate);
const issuer = parseCertificate(intermediate.certificate);
const { serialNumber } = certificate;
const revokedAt = new Date('2026-06-15T12:00:00Z');

const create = (change: Partial<RevocationListRequest> = {}) =>
  parseRevocationList(
    createRevocationList({
      issuer: intermediate,
      thisUpdate: new Date('2026-06-30T00:00:00Z'),
      nextUpdate: new Date('2026-07-07T00:00:00Z'),
      number: 1n,
      entries: [],
      ...change,
    }),
  );
const naming = (reason?: 'keyCompromise' | 'certificateHold') => ({
  entries: [{ serialNumber, revokedAt, ...(reason === undefined ? {} : { reason }) }],
});
const check = (...lists: readonly ReturnType<typeof create>[]) =>
  checkRevocation(certificate, issuer, lists, moment);

/** A list of the intermediate's with an IssuingDistributionPoint. */
function partial(...point: readonly Uint8Array[]) {
  const algorithm = encodeSequence(encodeObjectIdentifier(oid.sm2WithSm3));
  const value = encodeOctetString(encodeSequence(...point));
  const scope = encodeSequence(
    encodeObjectIdentifier(oid.issuingDistributionPoint),
    fromHex('0101ff'),
    value,
  );
  const tbs = encodeSequence(
    encodeUnsignedInteger(1n),
    algorithm,
    issuer.subject.raw,
    encodeTime(new Date('2026-06-30T00:00:00Z')),
    encodeTime(new Date('2026-07-07T00:00:00Z')),
    encode(contextTag(0), encodeSequence(scope)),
  );
  const signature = encodeBitString(signSm2(intermediate.privateKey, tbs));
  return parseRevocationList(encodeSequence(tbs, algorithm, signature));
}
const pointNamed = (name: string) =>
  encode(contextTag(0), encode(contextTag(0), encode(contextTag(6, 'primitive'), utf8(name))));

describe('whether a certificate is revoked stays unknown', () => {
  it('without a list', () => {
    expect(check()).toEqual({ status: 'unknown' });
  });

  it('by a list of another issuer', () => {
    expect(check(create({ issuer: root, ...naming() }))).toEqual({ status: 'unknown' });
  });

  it('by a list of an issuer of the same name and another key', () => {
    expect(check(create({ issuer: issueIntermediate(root), ...naming() }))).toEqual({ status: 'unknown' });
  });

  it('by a list with one byte altered', () => {
    const { raw } = create(naming());
    const altered = parseRevocationList(raw.with(raw.length - 1, (raw.at(-1) ?? 0) ^ 1));
    expect(check(altered)).toEqual({ status: 'unknown' });
  });

  it('by an issuer whose key may not sign lists', () => {
    const both = encodeNamedBits([5, 6]);
    const alone = encodeOctetString(encodeNamedBits([5]));
    expect(encodeOctetString(both).length).toBe(alone.length);
    const limited = reissue(intermediate.certificate, root.privateKey, encodeOctetString(both), alone);
    const list = create(naming());
    expect(checkRevocation(certificate, parseCertificate(limited), [list], moment)).toEqual({
      status: 'unknown',
    });
  });

  it('by a list from the future', () => {
    const thisUpdate = new Date('2026-07-02T00:00:00Z');
    expect(check(create({ thisUpdate, ...naming() }))).toEqual({ status: 'unknown' });
  });

  test.each([
    ['authorities', fromHex('8201ff')],
    ['another distribution point', pointNamed('http://ca.example/lists/2.crl')],
  ])('by a list of %s alone', (_, point) => {
    expect(check(partial(point))).toEqual({ status: 'unknown' });
  });

  it('when it had expired before the list was made', () => {
    const expired = issueSubscriber(intermediate, 'signing', { notAfter: new Date('2026-06-01T00:00:00Z') });
    const old = parseCertificate(expired.certificate);
    expect(checkRevocation(old, issuer, [create()], moment)).toEqual({ status: 'unknown' });
  });
});

describe('a certificate is stale', () => {
  it('when the next list is overdue, or the list names no next one', () => {
    const overdue = create({ nextUpdate: new Date('2026-07-01T07:59:59Z') });
    expect(check(overdue)).toEqual({ status: 'stale' });
  });
});

describe('a certificate is revoked', () => {
  test.each([
    ['for a reason', 'keyCompromise'],
    ['on hold', 'certificateHold'],
  ] as const)('%s', (_, reason) => {
    expect(check(create(naming(reason)))).toEqual({ status: 'revoked', revokedAt, reason });
  });

  it('by a stale list too', () => {
    const overdue = create({ nextUpdate: new Date('2026-07-01T00:00:00Z'), ...naming() });
    expect(check(overdue)).toEqual({ status: 'revoked', revokedAt, reason: 'unspecified' });
  });

  it('once and for all, though a newer list no longer names it', () => {
    const old = create({ thisUpdate: new Date('2026-06-20T00:00:00Z'), ...naming('keyCompromise') });
    expect(check(create(), old).status).toBe('revoked');
    expect(check(old, create()).status).toBe('revoked');
  });

  it('until a hold is lifted', () => {
    const hold = create({ thisUpdate: new Date('2026-06-20T00:00:00Z'), ...naming('certificateHold') });
    expect(check(hold, create())).toEqual({ status: 'good' });
    const later = create({ thisUpdate: new Date('2026-06-30T06:00:00Z'), ...naming('certificateHold') });
    expect(check(create(), later).status).toBe('revoked');
  });
});

describe('a certificate is good', () => {
  it('when a list in force does not name it', () => {
    const entries = [{ serialNumber: '01', revokedAt }];
    expect(check(create({ entries }))).toEqual({ status: 'good' });
  });

  it('by a list of its own kind and distribution point', () => {
    expect(check(partial(pointNamed(url), fromHex('8101ff')))).toEqual({ status: 'good' });
  });

  it('by the one list of several that is its issuer’s', () => {
    expect(check(create({ issuer: root }), create())).toEqual({ status: 'good' });
  });
});

describe('a chain tells of revocation', () => {
  const build = (change: Partial<ChainRequest> = {}) =>
    buildChain({
      leaf: subscriber.certificate,
      intermediates: [intermediate.certificate],
      anchors: [parseCertificate(root.certificate)],
      at: moment,
      purpose: 'digitalSignature',
      ...change,
    });

  it('nothing where no lists are given', () => {
    expect(build()).not.toHaveProperty('revocation');
  });

  it('for each certificate below the anchor, as of now, while validity is judged at the time of signing', () => {
    const now = new Date('2027-02-01T00:00:00Z');
    const fresh = {
      thisUpdate: new Date('2026-12-31T00:00:00Z'),
      nextUpdate: new Date('2027-03-01T00:00:00Z'),
    };
    const lists = [create({ ...fresh, ...naming('keyCompromise') }), create({ issuer: root, ...fresh })];
    expect(build({ revocation: { lists, now } })).toMatchObject({
      ok: true,
      revocation: [{ status: 'revoked', revokedAt, reason: 'keyCompromise' }, { status: 'good' }],
    });
    expect(build({ at: now, revocation: { lists, now } })).toEqual({ ok: false, reason: 'expired' });
  });

  it('unknown for the issuer when only the leaf’s list is there', () => {
    expect(build({ revocation: { lists: [create()], now: moment } })).toMatchObject({
      revocation: [{ status: 'good' }, { status: 'unknown' }],
    });
  });
});
