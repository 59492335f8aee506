import * as v from 'valibot';
import { versionSchema } from './api-version.ts';

/** The two native programs. */
export const clientKinds = ['signature', 'encryption'] as const;
export type ClientKind = (typeof clientKinds)[number];

/** Names under which the clients are registered with the browser. */
export const nativeHostNames: Readonly<Record<ClientKind, string>> = {
  signature: 'cn.ca_bridge.signature',
  encryption: 'cn.ca_bridge.encryption',
};

/** Version of the JSON-RPC vocabulary between extension and clients; both sides must speak the same. */
export const nativeProtocolVersion = 1;

/** Requests to a client (JSON-RPC 2.0). `hello` must be the first. */
export const nativeRequestSchema = v.strictObject({
  jsonrpc: v.literal('2.0'),
  id: v.pipe(v.number(), v.integer(), v.minValue(0)),
  method: v.literal('hello'),
  params: v.strictObject({
    protocol: v.pipe(v.number(), v.integer()),
    extension: v.pipe(v.string(), v.maxLength(40)),
  }),
});

export type NativeRequest = v.InferOutput<typeof nativeRequestSchema>;

export const helloResultSchema = v.strictObject({
  protocol: v.pipe(v.number(), v.integer()),
  kind: v.picklist(clientKinds),
  version: versionSchema,
  /** Methods beyond `hello` that this client serves. */
  capabilities: v.pipe(v.array(v.pipe(v.string(), v.maxLength(60))), v.maxLength(100)),
});

export type HelloResult = v.InferOutput<typeof helloResultSchema>;

/** JSON-RPC error numbers that our clients use. */
export const nativeErrorNumbers = {
  parse: -32_700,
  invalidRequest: -32_600,
  methodNotFound: -32_601,
  invalidParams: -32_602,
  internal: -32_603,
  /** The first request was not `hello`. */
  helloFirst: -32_001,
  /** `hello` asked for a protocol version that this client does not speak. */
  protocolVersion: -32_002,
} as const;

export const nativeResponseSchema = v.union([
  v.strictObject({ jsonrpc: v.literal('2.0'), id: v.number(), result: v.unknown() }),
  v.strictObject({
    jsonrpc: v.literal('2.0'),
    id: v.nullable(v.number()),
    error: v.strictObject({ code: v.number(), message: v.pipe(v.string(), v.maxLength(500)) }),
  }),
]);

export type NativeResponse = v.InferOutput<typeof nativeResponseSchema>;
