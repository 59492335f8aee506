/** Of a private key: PKCS#8, PKCS#8 with a passphrase, SEC1 as two generations of openssl name it. */
const labels = ['PRIVATE KEY', 'ENCRYPTED PRIVATE KEY', 'EC PRIVATE KEY', 'SM2 PRIVATE KEY'];

/**
 * DER of the first private key in a PEM file; other blocks (curve parameters, certificates) are passed over. Works on
 * bytes throughout: a text could not be overwritten.
 * @returns undefined where there is none, or its base64 is none
 */
export function keyOfPem(file: Uint8Array): Uint8Array | undefined {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.length);
  const found = labels.flatMap((label) => {
    const begin = `-----BEGIN ${label}-----`;
    const start = bytes.indexOf(begin);
    const end = bytes.indexOf(`-----END ${label}-----`, start + begin.length);
    return start === -1 || end === -1 ? [] : [{ start: start + begin.length, end }];
  });
  const [first] = found.toSorted((one, other) => one.start - other.start);
  return first && decodeBase64(bytes.subarray(first.start, first.end));
}

/** Whether a file is PEM at all. */
export function isPem(file: Uint8Array): boolean {
  return Buffer.from(file.buffer, file.byteOffset, file.length).includes('-----BEGIN ');
}

/** Undefined for anything but base64 with white space: the headers of openssl's old encryption, too. */
function decodeBase64(text: Uint8Array): Uint8Array | undefined {
  const bytes = new Uint8Array(Math.ceil((text.length * 3) / 4));
  let size = 0;
  let bits = 0;
  let count = 0;
  let isPadding = false;
  for (const character of text) {
    if (isSpace(character)) continue;
    const value = valueOf(character);
    isPadding ||= character === padding;
    if (isPadding ? character !== padding : value === undefined) return undefined;
    if (isPadding) continue;
    bits = ((bits << 6) | (value ?? 0)) & 0xfff;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes[size] = (bits >> count) & 0xff;
    size += 1;
  }
  const decoded = bytes.slice(0, size);
  bytes.fill(0);
  return decoded;
}

const padding = 0x3d;

function isSpace(character: number): boolean {
  return character === 0x20 || (character >= 0x09 && character <= 0x0d);
}

function valueOf(character: number): number | undefined {
  if (character >= 0x41 && character <= 0x5a) return character - 0x41;
  if (character >= 0x61 && character <= 0x7a) return character - 0x61 + 26;
  if (character >= 0x30 && character <= 0x39) return character - 0x30 + 52;
  if (character === 0x2b) return 62;
  return character === 0x2f ? 63 : undefined;
}
