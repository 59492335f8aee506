import type { Certificate } from '../../gm/certificate.ts';
import { DerError } from '../../gm/der.ts';
import { parseSeal, sealAllows, SealError, type Seal } from '../../gm/seal.ts';
import { fromBase64, toBase64 } from '../../lib/bytes.ts';
import { displayableName } from '../../lib/displayable-name.ts';
import { CodedError } from '../../protocol/coded-error.ts';
import type { RelaySeal } from '../../protocol/relay-messages.ts';
import type { OfferedSeal } from '../platform.ts';

/**
 * A seal as its maker wrote it: name, picture and validity are what was signed, not what stands beside it.
 * @param now milliseconds since the epoch
 * @throws CodedError `FRONT_SERVER_PROTOCOL` when it is no seal
 */
export function readOfferedSeal(offered: RelaySeal, certificate: Certificate, now: number): OfferedSeal {
  const seal = readSeal(offered.seal);
  const { data, widthMm, heightMm } = seal.picture;
  const type = pictureType(seal);
  const isValid = seal.validFrom.getTime() <= now && now <= seal.validTo.getTime();
  return {
    id: offered.id,
    name: displayableName(seal.name),
    picture: {
      type: type ?? 'png',
      base64: type === undefined ? '' : toBase64(data),
      widthMm,
      heightMm,
    },
    validTo: seal.validTo.toISOString(),
    der: offered.seal,
    usable: type !== undefined && isValid && sealAllows(seal, certificate.raw),
  };
}

function readSeal(base64: string): Seal {
  try {
    return parseSeal(fromBase64(base64));
  } catch (error) {
    const isRefusal = [DerError, SealError, RangeError].some((kind) => error instanceof kind);
    if (!isRefusal) throw error;
    throw new CodedError('FRONT_SERVER_PROTOCOL', 'not a seal');
  }
}

/** Undefined for a picture that is shown nowhere: another type, or not the type that it says. */
function pictureType({ picture: { type, data } }: Seal): 'png' | 'jpeg' | undefined {
  const startsWith = (...octets: readonly number[]): boolean =>
    octets.every((octet, index) => data[index] === octet);
  if (type === 'png') return startsWith(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a) ? 'png' : undefined;
  const isJpeg = type === 'jpg' || type === 'jpeg';
  return isJpeg && startsWith(0xff, 0xd8, 0xff) ? 'jpeg' : undefined;
}
