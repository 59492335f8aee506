import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureOpenssl, openssl } from './openssl.ts';
import { runCommand, tryCommand } from './run-command.ts';
import { createTemporaryFolder } from './temporary-folder.ts';

async function withFiles<T>(
  contents: Readonly<Record<string, Uint8Array>>,
  use: (path: (name: string) => string) => Promise<T>,
): Promise<T> {
  const folder = await createTemporaryFolder('ca-bridge-sm2-');
  const path = (name: string) => join(folder.path, name);
  try {
    for (const [name, content] of Object.entries(contents)) await writeFile(path(name), content);
    return await use(path);
  } finally {
    await folder.remove();
  }
}

/**
 * True when `openssl` finds that the certificate's (DER) key made the signature (DER SEQUENCE { r, s }) over the
 * message, by SM2 with SM3 and the default user ID.
 */
export function opensslSm2Holds(
  certificate: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  return withFiles({ certificate, message, signature }, async (path) => {
    const key = await openssl(['x509', '-inform', 'DER', '-in', path('certificate'), '-noout', '-pubkey']);
    await writeFile(path('key'), key);
    const files = ['-pubin', '-inkey', path('key'), '-in', path('message'), '-sigfile', path('signature')];
    const options = ['-rawin', '-digest', 'sm3', '-pkeyopt', 'distid:1234567812345678'];
    const { code } = await tryCommand(await ensureOpenssl(), ['pkeyutl', '-verify', ...files, ...options]);
    return code === 0;
  });
}

/** SM3 of the bytes as `openssl dgst` computes it, hexadecimal. */
export async function opensslSm3(bytes: Uint8Array): Promise<string> {
  const said = await runCommand(await ensureOpenssl(), ['dgst', '-sm3', '-r'], { input: bytes });
  return said.toString('utf8').slice(0, 64);
}

/** An element of DER as `openssl asn1parse` lists it. */
export interface Asn1Node {
  /** `SEQUENCE`, `OBJECT`, `cont [ 0 ]`, … */
  readonly tag: string;
  /** What is printed behind the tag: an object's name, a text. */
  readonly value: string;
  /** The element with its header. */
  readonly raw: Uint8Array;
  readonly content: Uint8Array;
  readonly children: readonly Asn1Node[];
}

/** The element that a DER value is. @throws Error with openssl's complaint when it is none. */
export async function asn1Tree(der: Uint8Array): Promise<Asn1Node> {
  const printed = await withFiles({ der }, (path) =>
    openssl(['asn1parse', '-inform', 'DER', '-in', path('der')]),
  );
  const line = /^ *(\d+):d=(\d+) +hl=(\d+) l= *(\d+) (?:cons|prim): (.*)$/;
  const open: Asn1Node[][] = [[]];
  for (const text of printed.toString('latin1').trimEnd().split('\n')) {
    const [, offset, depth, header, length, rest = ''] = line.exec(text) ?? [];
    const [tag = '', value = ''] = rest.split(/ *(?:\[HEX DUMP\])?:(.*)/s);
    const start = Number(offset);
    const end = start + Number(header) + Number(length);
    const children: Asn1Node[] = [];
    const content = der.subarray(start + Number(header), end);
    const node = { tag: tag.trim(), value, raw: der.subarray(start, end), content, children };
    open[Number(depth)]?.push(node);
    open.splice(Number(depth) + 1, Infinity, children);
  }
  return present(open[0]?.[0]);
}

/** The element that lies on this path of positions under another. @throws Error when there is none. */
export function asn1At(node: Asn1Node, ...path: readonly number[]): Asn1Node {
  return path.reduce((parent, index) => present(parent.children.at(index)), node);
}

/** One signer of a SignedData, cut out along what `openssl asn1parse` says. */
export interface CutSigner {
  readonly contentType: string;
  /** The certificates inside, DER. */
  readonly certificates: readonly Uint8Array[];
  /** The signed attributes as they are signed: a SET OF. */
  readonly signedAttributes: Uint8Array;
  /** The value of the attribute messageDigest, hexadecimal. */
  readonly messageDigest: string;
  /** DER SEQUENCE { r, s }. */
  readonly signature: Uint8Array;
}

/** Cuts the only signer out of a SignedData (RFC 5652 §5.1) whose content is small or detached. */
export async function cutSigner(der: Uint8Array): Promise<CutSigner> {
  const message = await asn1Tree(der);
  const signedData = asn1At(message, 1, 0);
  const certificates = present(signedData.children.find(({ tag }) => tag === 'cont [ 0 ]'));
  const signerInfo = asn1At(signedData, -1, 0);
  const attributes = present(signerInfo.children.find(({ tag }) => tag === 'cont [ 0 ]'));
  const digest = attributes.children.find((attribute) => asn1At(attribute, 0).value === 'messageDigest');
  return {
    contentType: asn1At(message, 0).value,
    certificates: certificates.children.map(({ raw }) => raw),
    signedAttributes: Uint8Array.from([0x31, ...attributes.raw.subarray(1)]),
    messageDigest: Buffer.from(asn1At(present(digest), 1, 0).content).toString('hex'),
    signature: present(signerInfo.children.findLast(({ tag }) => tag === 'OCTET STRING')).content,
  };
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('openssl asn1parse shows another structure');
  return value;
}
