import type { Authority as IssuingAuthority } from '../../gm/certificate-builder.ts';
import { encodeSequence } from '../../gm/der-encode.ts';
import { parseDer } from '../../gm/der.ts';
import { createSeal, type SealRequest } from '../../gm/seal-builder.ts';
import { sm3 } from '../../gm/sm3.ts';
import { toHex } from '../../lib/bytes.ts';
import { dayMs } from './issuers.ts';
import { sealSizes, type SealPictures } from './seal-pictures.ts';

export interface IssuedSeal {
  readonly id: 'company' | 'legalPerson';
  readonly name: string;
  /** SESeal (GB/T 38540), DER. */
  readonly seal: Uint8Array;
}

/** What is wrong with the seals that a test asks for. */
export type SealDefect =
  | 'expired'
  /** Another certificate may sign with it. */
  | 'otherHolder'
  /** The picture is not the one that its maker signed. */
  | 'alteredPicture'
  /** Made under another authority of the same names. */
  | 'untrustedMaker';

export interface SealOrder {
  /** Who may sign with the seals: a signing certificate, DER. */
  readonly holder: Uint8Array;
  readonly pictures: SealPictures;
  readonly maker: IssuingAuthority;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

const names = {
  company: '公章（测试 TEST）',
  legalPerson: '法定代表人章（测试 TEST）',
} as const;

/** The company's seal, which lists its holder's certificate, and its legal person's, which lists its digest. */
export function issueSeals(
  order: SealOrder,
  defect?: Exclude<SealDefect, 'untrustedMaker'>,
): readonly IssuedSeal[] {
  const { holder, pictures } = order;
  const holders = { company: { certificates: [holder] }, legalPerson: { digests: [sm3(holder)] } };
  return (['company', 'legalPerson'] as const).map((id, index) => {
    const request = sealRequest(id, index + 1, order, holders[id], defect);
    const seal = createSeal(request, order.maker);
    if (defect !== 'alteredPicture') return { id, name: names[id], seal };
    const data = pictures[id === 'company' ? 'legalPerson' : 'company'];
    const other = createSeal({ ...request, picture: { ...request.picture, data } }, order.maker);
    return { id, name: names[id], seal: graft(other, seal) };
  });
}

function sealRequest(
  id: IssuedSeal['id'],
  type: number,
  { holder, pictures, now }: SealOrder,
  holders: SealRequest['holders'],
  defect?: SealDefect,
): SealRequest {
  const size = sealSizes[id];
  return {
    sealId: `TEST-${toHex(sm3(holder)).slice(0, 12)}-${type}`,
    vendorId: 'TEST',
    name: names[id],
    type,
    createdAt: new Date(now - 30 * dayMs),
    validFrom: new Date(now - 30 * dayMs),
    validTo: new Date(now + (defect === 'expired' ? -1 : 365) * dayMs),
    picture: { type: 'png', data: pictures[id], widthMm: size, heightMm: size },
    holders,
  };
}

/** What `left` says, under the signature of `right`. */
function graft(left: Uint8Array, right: Uint8Array): Uint8Array {
  const [info] = parseDer(left).children;
  const [, ...maker] = parseDer(right).children;
  return encodeSequence(
    ...[info, ...maker].flatMap((element) => (element === undefined ? [] : [element.raw])),
  );
}
