import type { Authority, SealPictures } from './authority/authority.ts';
import { fromBase64, toBase64, toHex } from '../lib/bytes.ts';
import { jsonAnswer, type Answer, type Exchange, type Handler } from './http/exchange.ts';
import { isJsonObject, readJsonObject } from './http/json-body.ts';
import { staticAnswer, type StaticFiles } from './http/static-files.ts';
import { PhoneError } from './phone/phone-error.ts';
import type { UnattendedPhones } from './phone/unattended-phones.ts';

export interface PhoneServerOptions {
  readonly authority: Authority;
  readonly platforms: readonly { readonly name: string; readonly base: string }[];
  /** Folder of the built sandbox. */
  readonly pages: string;
  /** Phones without a user, for tests: served at `unattendedPath` to this machine alone; off unless given. */
  readonly unattended?: UnattendedPhones | undefined;
}

const longestName = 60;
const longestPicture = 300_000;
const pngHead = '89504e470d0a1a0a';

/** Where the authority's revocation list lies on the phone server. */
export const revocationListPath = '/revocation.crl';

/** Where a tester hands QR texts to the unattended phones, if there are any. */
export const unattendedPath = '/unattended';

/** Bytes of the largest body at a path: an enrolment carries pictures of seals. */
export const phoneBodyLimit = (path: string): number => (path === '/enrol' ? 1_048_576 : 65_536);

function bytesOf(value: unknown): Uint8Array | undefined {
  try {
    return typeof value === 'string' ? fromBase64(value) : undefined;
  } catch {
    return undefined;
  }
}

/** The seals' pictures that the phone drew; undefined where it drew none. */
function picturesOf(value: unknown): SealPictures | 'malformed' | undefined {
  if (value === undefined) return undefined;
  if (!isJsonObject(value)) return 'malformed';
  const company = bytesOf(value['company']);
  const legalPerson = bytesOf(value['legalPerson']);
  return isPicture(company) && isPicture(legalPerson) ? { company, legalPerson } : 'malformed';
}

function isPicture(bytes: Uint8Array | undefined): bytes is Uint8Array {
  return bytes !== undefined && bytes.length <= longestPicture && toHex(bytes.subarray(0, 8)) === pngHead;
}

function enrol(authority: Authority, exchange: Exchange): Answer {
  const body = readJsonObject(exchange);
  if (typeof body === 'string') return jsonAnswer(400, { error: body });
  const { organisation, encryptionPublicKey: wished } = body;
  const signingPublicKey = bytesOf(body['signingPublicKey']);
  const encryptionPublicKey = wished === undefined ? undefined : bytesOf(wished);
  const proof = bytesOf(body['proof']);
  const named =
    typeof organisation === 'string' && /\S/.test(organisation) && organisation.length <= longestName;
  const pictures = picturesOf(body['sealPictures']);
  const isMalformed = wished !== undefined && encryptionPublicKey === undefined;
  if (!named || !signingPublicKey || isMalformed || !proof || pictures === 'malformed') {
    return jsonAnswer(400, { error: 'malformed' });
  }
  const pair = authority.enrol({ organisation, signingPublicKey, encryptionPublicKey, proof });
  if (pair === undefined) return jsonAnswer(403, { error: 'proof' });
  const seals = authority.issueSeals({ organisation, holder: pair.signing, pictures });
  return jsonAnswer(201, {
    organisation,
    creditCode: pair.creditCode,
    serial: pair.serial,
    notAfter: pair.notAfter.toISOString(),
    authority: authority.fingerprint,
    signingCertificate: toBase64(pair.signing),
    ...(pair.encryption && { encryptionCertificate: toBase64(pair.encryption) }),
    chain: pair.chain.map(toBase64),
    seals: seals.map(({ id, name, seal }) => ({ id, name, seal: toBase64(seal) })),
  });
}

function renew(authority: Authority, exchange: Exchange): Answer {
  const body = readJsonObject(exchange);
  if (typeof body === 'string') return jsonAnswer(400, { error: body });
  const signingCertificate = bytesOf(body['signingCertificate']);
  const encryptionPublicKey = bytesOf(body['encryptionPublicKey']);
  const proof = bytesOf(body['proof']);
  if (!signingCertificate || !encryptionPublicKey || !proof) return jsonAnswer(400, { error: 'malformed' });
  const certificate = authority.renewEncryption({ signingCertificate, encryptionPublicKey, proof });
  if (certificate === undefined) return jsonAnswer(403, { error: 'proof' });
  return jsonAnswer(201, { encryptionCertificate: toBase64(certificate) });
}

const loopbackNames: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** A program of this machine, or this server's own page: no page of another origin, under whatever name it calls. */
function isLocal({ address, headers: { host = '', origin } }: Exchange): boolean {
  const isLoopback = ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(address);
  const isNamedSo = loopbackNames.has(host.replace(/:\d+$/, ''));
  return isLoopback && isNamedSo && (origin === undefined || origin === `http://${host}`);
}

/** `{ organisation, qr }` → what that bidder's phone did, once it has done it. */
async function answerUnattended(phones: UnattendedPhones, exchange: Exchange): Promise<Answer> {
  if (!isLocal(exchange)) return jsonAnswer(403, { error: 'not from this machine' });
  if (exchange.method === 'GET') return jsonAnswer(200, { organisations: phones.organisations });
  const body = readJsonObject(exchange);
  if (typeof body === 'string') return jsonAnswer(400, { error: body });
  const { organisation, qr } = body;
  if (typeof organisation !== 'string' || typeof qr !== 'string')
    return jsonAnswer(400, { error: 'malformed' });
  if (!phones.organisations.includes(organisation)) return jsonAnswer(404, { error: 'nobody' });
  try {
    return jsonAnswer(200, await phones.answer(organisation, qr, exchange.gone));
  } catch (error) {
    if (error instanceof PhoneError) return jsonAnswer(422, { error: error.code });
    throw error;
  }
}

/** Serves the phone's page, tells it which platforms it belongs to, passes enrolments to the authority, and serves its revocation list. */
export function createPhoneServer(options: PhoneServerOptions): Handler {
  const { authority, platforms, pages, unattended } = options;
  const files: StaticFiles = {
    folder: pages,
    pages: { '/': 'phone/phone.html', '/phone.html': 'phone/phone.html' },
    connectTo: [...new Set(platforms.map(({ base }) => new URL(base).origin))],
  };
  return async (exchange) => {
    const { method, path } = exchange;
    if (method === 'GET' && path === '/phone.json') {
      return jsonAnswer(200, { platforms, authority: authority.fingerprint });
    }
    if (method === 'GET' && path === revocationListPath) {
      const headers = { 'content-type': 'application/pkix-crl', 'cache-control': 'no-store' };
      return { status: 200, headers, body: authority.revocationList() };
    }
    if (method === 'POST' && path === '/enrol') return enrol(authority, exchange);
    if (method === 'POST' && path === '/renew') return renew(authority, exchange);
    const isAskedUnattended = path === unattendedPath && (method === 'POST' || method === 'GET');
    if (unattended !== undefined && isAskedUnattended) return answerUnattended(unattended, exchange);
    const file = method === 'GET' ? await staticAnswer(files, path) : undefined;
    return file ?? { status: 404 };
  };
}
