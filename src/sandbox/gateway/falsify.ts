import { generateSm2KeyPair, signSm2 } from '../../gm/sm2.ts';
import { fromBase64, toBase64, utf8 } from '../../lib/bytes.ts';
import { randomId } from './binding.ts';
import { falsifyBidIdentity, falsifyKeys, falsifyOpening } from './falsify-bids.ts';
import { hasFault, type Fault } from './faults.ts';
import type { CallName } from './routes.ts';
import { jsonAnswer, type Answer } from '../http/exchange.ts';
import { isJsonObject, type JsonObject } from '../http/json-body.ts';

/**
 * The answer as the faults falsify it; error answers stay true.
 * @param oneTimeKey the session's, base64, where something is opened
 */
export function falsify(
  faults: readonly Fault[],
  call: CallName,
  answer: Answer,
  oneTimeKey?: string,
): Answer {
  if (answer.status >= 400 || typeof answer.body !== 'string') return answer;
  let body = JSON.parse(answer.body) as JsonObject;
  for (const fault of faults) body = falsifyBody(fault, call, body, oneTimeKey);
  if (hasFault(faults, 'garbage', call)) return { ...answer, body: '<html>502 Bad Gateway</html>' };
  return jsonAnswer(answer.status, body, answer.headers ?? {});
}

function falsifyBody(
  fault: Fault,
  call: CallName,
  body: JsonObject,
  oneTimeKey: string | undefined,
): JsonObject {
  if (fault.kind === 'huge' && fault.call === call) return { ...body, padding: 'x'.repeat(80_000) };
  if (fault.kind === 'foreignBusinessId' && fault.call === call) return { ...body, businessId: randomId() };
  switch (call) {
    case 'open':
    case 'renew':
      return falsifySession(fault, body);
    case 'events':
      return { ...body, events: falsifyEvents(fault, body['events'] as JsonObject[]) };
    case 'result':
      return { ...body, result: falsifyResult(fault, body['result'], oneTimeKey) };
    case 'identity':
      return falsifyBidIdentity(fault, falsifyIdentity(fault, body));
    case 'scan':
      return falsifyAsk(fault, falsifyOpening(fault, body));
    case 'stillWanted':
      return falsifyToBeSigned(fault, body);
    default:
      return body;
  }
}

function falsifySession(fault: Fault, body: JsonObject): JsonObject {
  const qr = String(body['qr']);
  if (fault.kind === 'absurdExpiry') return { ...body, expiresIn: fault.expiresIn };
  if (fault.kind === 'foreignBase')
    return { ...body, qr: qr.replace(/^\w+:\/\/[^/]+/, 'https://front.invalid') };
  if (fault.kind !== 'foreignDigest') return body;
  return { ...body, qr: qr.replace(/\.[\w-]+$/, `.${randomId().slice(0, 22)}`) };
}

function falsifyEvents(fault: Fault, events: readonly JsonObject[]): readonly JsonObject[] {
  if (fault.kind === 'sequenceGap') {
    return events.map((event) => ({ ...event, sequence: Number(event['sequence']) * 2 }));
  }
  if (fault.kind === 'identityBeforeScan') return [{ sequence: 1, type: 'identified' }];
  return fault.kind === 'unknownEvent' ? events.map((event) => ({ ...event, type: 'teleported' })) : events;
}

function falsifyToken(fault: Fault, token: unknown): unknown {
  if (!isJsonObject(token)) return token;
  if (fault.kind === 'malformedResult') return { ...token, certificate: 42 };
  if (fault.kind === 'resultOfAnotherSession') return { ...token, businessId: randomId() };
  return fault.kind === 'resultOfAnotherOrigin' ? { ...token, origin: 'https://elsewhere.invalid' } : token;
}

function falsifyResult(fault: Fault, result: unknown, oneTimeKey: string | undefined): unknown {
  return falsifyKeys(fault, falsifySignatures(fault, falsifyToken(fault, result)), oneTimeKey);
}

/** A login token is left as it is. */
function falsifySignatures(fault: Fault, result: unknown): unknown {
  if (!isJsonObject(result) || !Array.isArray(result['signatures'])) return result;
  if (fault.kind === 'swappedCertificate' && fault.call === 'result') {
    return { ...result, certificate: fault.certificate };
  }
  if (fault.kind === 'missingSignature') return { ...result, signatures: result['signatures'].slice(0, -1) };
  if (fault.kind !== 'foreignSignature') return result;
  const { privateKey } = generateSm2KeyPair();
  const signatures = result['signatures'].map(() => toBase64(signSm2(privateKey, utf8(randomId()))));
  return { ...result, signatures };
}

function falsifyIdentity(fault: Fault, body: JsonObject): JsonObject {
  if (fault.kind === 'swappedCertificate' && fault.call === 'identity') {
    return { ...body, certificate: fault.certificate };
  }
  if (fault.kind === 'hugeIdentity') return { ...body, padding: 'x'.repeat(9 * 1024 ** 2) };
  if (fault.kind !== 'malformedSeal') return body;
  const seals = (body['seals'] as JsonObject[]).map((seal) => ({
    ...seal,
    seal: toBase64(fromBase64(String(seal['seal'])).subarray(0, -1)),
  }));
  return { ...body, seals };
}

function falsifyAsk(fault: Fault, body: JsonObject): JsonObject {
  const { documents } = body;
  if (!Array.isArray(documents)) return body;
  if (fault.kind === 'droppedDocuments') return { ...body, documents: documents.slice(0, -1) };
  if (fault.kind !== 'alteredDocumentName') return body;
  const renamed = (documents as JsonObject[]).map((each) => ({ ...each, name: `x${String(each['name'])}` }));
  return { ...body, documents: renamed };
}

function falsifyToBeSigned(fault: Fault, body: JsonObject): JsonObject {
  const { toBeSigned } = body;
  if (!Array.isArray(toBeSigned) || fault.kind !== 'swappedToBeSigned') return body;
  const parts = toBeSigned as string[];
  return { ...body, toBeSigned: parts.map((text) => toBase64(otherDigest(fromBase64(text)))) };
}

/** Attribute type messageDigest, and the heads of its SET and of 32 octets. */
const digestHead = '06092a864886f70d01090431220420';

/** The same bytes with another digest in them: of a document where they are signed attributes. */
function otherDigest(bytes: Uint8Array): Uint8Array {
  const hex = Buffer.from(bytes).toString('hex');
  const place = (hex.indexOf(digestHead) + digestHead.length) / 2;
  const index = hex.includes(digestHead) ? place : bytes.length - 1;
  return bytes.with(index, (bytes[index] ?? 0) ^ 1);
}
