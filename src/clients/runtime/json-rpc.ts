import * as v from 'valibot';
import { nativeErrorNumbers, type NativeResponse } from '../../protocol/native-messages.ts';

const idSchema = v.pipe(v.number(), v.integer(), v.minValue(0));

/** Any request of JSON-RPC 2.0 as the extension writes them; which methods there are is the server's business. */
const requestSchema = v.strictObject({
  jsonrpc: v.literal('2.0'),
  id: idSchema,
  method: v.pipe(v.string(), v.maxLength(60)),
  params: v.optional(v.unknown()),
});

export type RpcRequest = v.InferOutput<typeof requestSchema>;
export type RpcFailure = Extract<NativeResponse, { error: unknown }>;

/** What an error number means to whoever debugs the extension; nothing of the request is repeated. */
const errorMessages: Readonly<Record<keyof typeof nativeErrorNumbers, string>> = {
  parse: 'not UTF-8 JSON',
  invalidRequest: 'not a JSON-RPC 2.0 request',
  methodNotFound: 'no such method',
  invalidParams: 'parameters do not fit the method',
  internal: 'the client failed',
  helloFirst: 'the first request must be hello',
  protocolVersion: 'this client speaks another protocol version',
};

/** An error response; `id` is that of the request, or `null` where it could not be read. */
export function rpcFailure(id: number | null, reason: keyof typeof nativeErrorNumbers): RpcFailure {
  return {
    jsonrpc: '2.0',
    id,
    error: { code: nativeErrorNumbers[reason], message: errorMessages[reason] },
  };
}

/** Decodes the body of a message (UTF-8 JSON, one request, no batch), or tells what to answer instead. */
export function decodeRequest(body: Uint8Array): RpcRequest | RpcFailure {
  let message: unknown;
  try {
    message = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body));
  } catch {
    return rpcFailure(null, 'parse');
  }
  const request = v.safeParse(requestSchema, message);
  return request.success ? request.output : rpcFailure(readableId(message), 'invalidRequest');
}

function readableId(message: unknown): number | null {
  const holder = v.safeParse(v.object({ id: idSchema }), message);
  return holder.success ? holder.output.id : null;
}
