import * as v from 'valibot';
import type { ErrorCode } from '../../protocol/error-codes.ts';
import {
  nativeErrorNumbers,
  nativeRequestSchema,
  requestIdSchema,
  type NativeRequest,
  type NativeResponse,
} from '../../protocol/native-messages.ts';
import type { RefusalReason } from './rpc-refusal.ts';

export type RpcFailure = Extract<NativeResponse, { error: unknown }>;

/** What an error number means to whoever debugs the extension; nothing of the request is repeated. */
const errorMessages: Readonly<Record<RefusalReason, string>> = {
  parse: 'not UTF-8 JSON',
  invalidRequest: 'not a JSON-RPC 2.0 request',
  methodNotFound: 'no such method',
  invalidParams: 'parameters do not fit the method',
  internal: 'the client failed',
  helloFirst: 'the first request must be hello',
  protocolVersion: 'this client speaks another protocol version',
  credit: 'more unanswered requests than the file has credit for',
  offset: 'not the next bytes of the file, or outside of it',
};

/** An error response; `id` is that of the request, or `null` where it could not be read. */
export function rpcFailure(id: number | null, reason: RefusalReason): RpcFailure {
  return {
    jsonrpc: '2.0',
    id,
    error: { code: nativeErrorNumbers[reason], message: errorMessages[reason] },
  };
}

/** The error response that carries a code of the catalogue. */
export function codedFailure(id: number, code: ErrorCode): RpcFailure {
  return { jsonrpc: '2.0', id, error: { code: nativeErrorNumbers.coded, message: code, data: { code } } };
}

/** One for all messages: making it takes longer than most of them. */
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Decodes the body of a message (UTF-8 JSON, one request, no batch), or tells what to answer instead. */
export function decodeRequest(body: Uint8Array): NativeRequest | RpcFailure {
  let message: unknown;
  try {
    message = JSON.parse(decoder.decode(body));
  } catch {
    return rpcFailure(null, 'parse');
  }
  const request = v.safeParse(nativeRequestSchema, message);
  return request.success ? request.output : rpcFailure(readableId(message), 'invalidRequest');
}

function readableId(message: unknown): number | null {
  const holder = v.safeParse(v.object({ id: requestIdSchema }), message);
  return holder.success ? holder.output.id : null;
}
