import { contextTag, openFields, type DerElement } from './der.ts';

/** Where an issuer puts its revocation lists, as a certificate says it. */
export interface DistributionPoints {
  /** http and https addresses, in their order, each once. */
  readonly urls: readonly string[];
  /** GeneralName, DER, of each name: what a list of a part of the certificates must bear one of. */
  readonly names: readonly Uint8Array[];
}

const uniformResourceIdentifier = contextTag(6, 'primitive');

/**
 * Reads CRLDistributionPoints (RFC 5280 §4.2.1.13). Points for some reasons only, and of another issuer's lists, are
 * passed over: a certificate is not good because of them.
 * @throws DerError
 */
export function readDistributionPoints(element: DerElement): DistributionPoints {
  openFields(element);
  const names = element.children.flatMap((point) => {
    const fields = openFields(point);
    const name = fields.takeIf(contextTag(0));
    const reasons = fields.takeIf(contextTag(1, 'primitive'));
    const issuer = fields.takeIf(contextTag(2));
    fields.end();
    if (name === undefined || reasons !== undefined || issuer !== undefined) return [];
    return readFullName(name) ?? [];
  });
  return { urls: [...new Set(names.flatMap(httpAddress))], names: names.map(({ raw }) => raw) };
}

/**
 * GeneralNames of a DistributionPointName under its explicit tag; undefined for a name relative to the issuer's.
 * @throws DerError
 */
export function readFullName(element: DerElement): readonly DerElement[] | undefined {
  const fields = openFields(element, element.tag);
  const choice = fields.takeAny();
  fields.end();
  return choice.tag === contextTag(0) ? choice.children : undefined;
}

function httpAddress({ tag, content }: DerElement): string[] {
  if (tag !== uniformResourceIdentifier) return [];
  const text = String.fromCharCode(...content.subarray(0, 2_048));
  return content.length <= 2_048 && /^https?:\/\/[\u0021-\u007e]+$/i.test(text) ? [text] : [];
}
