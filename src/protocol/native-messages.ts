import * as v from 'valibot';
import { versionSchema } from './api-version.ts';
import { sm3HexSchema } from './documents.ts';
import { isErrorCode, type ErrorCode } from './error-codes.ts';
import { countLimits, sizeLimits } from './limits.ts';

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

/** Schemas of the parameters and the result of methods, by name. */
export type MethodMap = Readonly<
  Record<string, { readonly params: v.GenericSchema; readonly result: v.GenericSchema }>
>;

export type MethodParams<Methods extends MethodMap, Name extends keyof Methods> = v.InferOutput<
  Methods[Name]['params']
>;
export type MethodResult<Methods extends MethodMap, Name extends keyof Methods> = v.InferOutput<
  Methods[Name]['result']
>;

/** Chosen by the extension, unique among the requests on one port. */
export const requestIdSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const methodNameSchema = v.pipe(v.string(), v.maxLength(60));
const countSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const byteCountSchema = countSchema;

/** A client's own name of a file that it holds; unguessable, good for this port only. */
export const fileIdSchema = v.pipe(v.string(), v.regex(/^[\w-]{22}$/));
/** For people to read; never a path to write to. */
export const fileNameSchema = v.pipe(v.string(), v.minLength(1), v.maxLength(sizeLimits.documentName));

const chunkSchema = v.pipe(
  v.string(),
  v.minLength(4),
  v.maxLength(4 * Math.ceil(sizeLimits.fileChunkBytes / 3)),
);

/**
 * Where and how the bytes of one transfer go over HTTP: `PUT` (upload), or `GET` or an empty `POST`
 * (download; a browser sends no `Origin` with the `GET` of an extension that has permission for the loopback address, and
 * such a request is refused), of
 * `http://127.0.0.1:<port><lanePath>` with `Authorization: Bearer <token>`, once, within `timeLimits.laneToken`.
 * 204 or 200 tells success; after anything else the transfer can be made again by chunks.
 */
const laneSchema = v.strictObject({
  port: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535)),
  token: v.pipe(v.string(), v.regex(/^[\w-]{43}$/)),
});
export type LaneAddress = v.InferOutput<typeof laneSchema>;
export const lanePath = '/file';

/** How a file may be sent or fetched. */
const transferEntries = {
  /** Absent where the client cannot listen: chunks only. */
  lane: v.optional(laneSchema),
  /** Bytes of one chunk at most. */
  chunkBytes: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(sizeLimits.fileChunkBytes)),
  /** Unanswered chunk requests of this file at most. */
  credit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100)),
} as const;

const storedFileEntries = { size: byteCountSchema, sm3: sm3HexSchema } as const;
const oneFileSchema = v.strictObject({ file: fileIdSchema });
const nothingSchema = v.strictObject({});

/** Names what a client's process leaves when it is killed; unguessable. */
const workspaceTokenSchema = v.pipe(v.string(), v.regex(/^[\w-]{22}$/));

export const helloResultSchema = v.strictObject({
  protocol: v.pipe(v.number(), v.integer()),
  kind: v.picklist(clientKinds),
  version: versionSchema,
  /** Methods beyond `hello` that this client serves. */
  capabilities: v.pipe(v.array(methodNameSchema), v.maxLength(100)),
  /** What `adopt` of a later process wants; absent where this client leaves nothing to go on with. */
  workspace: v.optional(workspaceTokenSchema),
  /** The complete files of the process that was adopted, under the ids that they had. Present with `adopt`. */
  adopted: v.optional(
    v.pipe(
      v.array(v.strictObject({ file: fileIdSchema, ...storedFileEntries })),
      v.maxLength(countLimits.clientFiles),
    ),
  ),
});

export type HelloResult = v.InferOutput<typeof helloResultSchema>;

/**
 * What every client serves. A client's own methods are maps of the same shape in files of their own
 * (`signature-methods.ts`, …).
 */
export const runtimeMethods = {
  /** Must be the first request. */
  hello: {
    params: v.strictObject({
      protocol: v.pipe(v.number(), v.integer()),
      extension: v.pipe(v.string(), v.maxLength(40)),
      /**
       * `workspace` of an earlier process that was killed: this one takes over its files, where they are still there.
       * Counts in the first `hello` alone.
       */
      adopt: v.optional(workspaceTokenSchema),
    }),
    result: helloResultSchema,
  },
  /** Aborts the running request `id`, which answers `REQUEST_ABORTED`; nothing where it has answered already. */
  cancel: { params: v.strictObject({ id: requestIdSchema }), result: nothingSchema },
  /** Announces a file of `size` bytes that the extension sends by the lane or by `file.write`, not by both. */
  'file.create': {
    params: v.strictObject({ name: fileNameSchema, size: byteCountSchema }),
    result: v.strictObject({ file: fileIdSchema, ...transferEntries }),
  },
  /** The next bytes (base64): `offset` is the number of bytes sent before. `received` counts these too. */
  'file.write': {
    params: v.strictObject({ file: fileIdSchema, offset: byteCountSchema, data: chunkSchema }),
    result: v.strictObject({ received: byteCountSchema }),
  },
  /** The file is sent: what the client received, `FILE_INCOMPLETE` while bytes are missing. */
  'file.close': { params: oneFileSchema, result: v.strictObject(storedFileEntries) },
  /** Opens a complete file (sent or made by a method) for fetching by the lane or by `file.read`. */
  'file.open': {
    params: oneFileSchema,
    result: v.strictObject({ ...storedFileEntries, ...transferEntries }),
  },
  /** `length` bytes from `offset`, all within the file. */
  'file.read': {
    params: v.strictObject({
      file: fileIdSchema,
      offset: byteCountSchema,
      length: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(sizeLimits.fileChunkBytes)),
    }),
    result: v.strictObject({ data: chunkSchema }),
  },
  /** Forgets a file and removes its bytes; nothing where there is no such file. */
  'file.drop': { params: oneFileSchema, result: nothingSchema },
} as const satisfies MethodMap;

export type RuntimeMethods = typeof runtimeMethods;

/** Any request to a client (JSON-RPC 2.0, no batch); parameters are decoded by the schema of the method. */
export const nativeRequestSchema = v.strictObject({
  jsonrpc: v.literal('2.0'),
  id: requestIdSchema,
  method: methodNameSchema,
  params: v.optional(v.unknown()),
});

export type NativeRequest = v.InferOutput<typeof nativeRequestSchema>;

/** JSON-RPC error numbers that our clients use. */
export const nativeErrorNumbers = {
  parse: -32_700,
  invalidRequest: -32_600,
  methodNotFound: -32_601,
  invalidParams: -32_602,
  internal: -32_603,
  /** `data.code` says what went wrong, in the words of the catalogue. */
  coded: -32_000,
  /** The first request was not `hello`. */
  helloFirst: -32_001,
  /** `hello` asked for a protocol version that this client does not speak. */
  protocolVersion: -32_002,
  /** More chunk requests of one file than its credit; this one had no effect. */
  credit: -32_003,
  /** A chunk that is not the next one, or lies outside of the file; it had no effect. */
  offset: -32_004,
} as const;

export const nativeResponseSchema = v.union([
  v.strictObject({ jsonrpc: v.literal('2.0'), id: v.number(), result: v.unknown() }),
  v.strictObject({
    jsonrpc: v.literal('2.0'),
    id: v.nullable(v.number()),
    error: v.strictObject({
      code: v.number(),
      message: v.pipe(v.string(), v.maxLength(500)),
      /** With the number `coded` only. */
      data: v.optional(v.strictObject({ code: v.custom<ErrorCode>(isErrorCode) })),
    }),
  }),
]);

export type NativeResponse = v.InferOutput<typeof nativeResponseSchema>;

/** Client → extension, unasked: how far the request `id` is, in bytes or steps. */
export const nativeNotificationSchema = v.strictObject({
  jsonrpc: v.literal('2.0'),
  method: v.literal('progress'),
  params: v.strictObject({ id: requestIdSchema, done: countSchema, total: countSchema }),
});

export type NativeNotification = v.InferOutput<typeof nativeNotificationSchema>;
