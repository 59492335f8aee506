import type { Authority } from './authority/authority.ts';
import { fromBase64, toBase64 } from '../lib/bytes.ts';
import { jsonAnswer, type Answer, type Exchange, type Handler } from './http/exchange.ts';
import { readJsonObject } from './http/json-body.ts';
import { staticAnswer, type StaticFiles } from './http/static-files.ts';

export interface PhoneServerOptions {
  readonly authority: Authority;
  readonly platforms: readonly { readonly name: string; readonly base: string }[];
  /** Folder of the built sandbox. */
  readonly pages: string;
}

const longestName = 60;

function bytesOf(value: unknown): Uint8Array | undefined {
  try {
    return typeof value === 'string' ? fromBase64(value) : undefined;
  } catch {
    return undefined;
  }
}

function enrol(authority: Authority, exchange: Exchange): Answer {
  const body = readJsonObject(exchange);
  if (typeof body === 'string') return jsonAnswer(400, { error: body });
  const { organisation } = body;
  const signingPublicKey = bytesOf(body['signingPublicKey']);
  const encryptionPublicKey = bytesOf(body['encryptionPublicKey']);
  const proof = bytesOf(body['proof']);
  const named =
    typeof organisation === 'string' && /\S/.test(organisation) && organisation.length <= longestName;
  if (!named || !signingPublicKey || !encryptionPublicKey || !proof) {
    return jsonAnswer(400, { error: 'malformed' });
  }
  const pair = authority.enrol({ organisation, signingPublicKey, encryptionPublicKey, proof });
  if (pair === undefined) return jsonAnswer(403, { error: 'proof' });
  return jsonAnswer(201, {
    organisation,
    creditCode: pair.creditCode,
    serial: pair.serial,
    notAfter: pair.notAfter.toISOString(),
    authority: authority.fingerprint,
    signingCertificate: toBase64(pair.signing),
    encryptionCertificate: toBase64(pair.encryption),
    chain: pair.chain.map(toBase64),
  });
}

/** Serves the phone's page, tells it which platforms it belongs to, and passes enrolments to the authority. */
export function createPhoneServer({ authority, platforms, pages }: PhoneServerOptions): Handler {
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
    if (method === 'POST' && path === '/enrol') return enrol(authority, exchange);
    const file = method === 'GET' ? await staticAnswer(files, path) : undefined;
    return file ?? { status: 404 };
  };
}
