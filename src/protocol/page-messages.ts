import * as v from 'valibot';
import { versionSchema } from './api-version.ts';
import { trustAnchorsSchema } from './base64.ts';
import { driverSchema } from './drivers.ts';
import {
  bidCheckParamsSchema,
  decryptParamsSchema,
  encryptParamsSchema,
  openedBidsSchema,
} from './bid-methods.ts';
import { encryptedDocumentsSchema } from './bids.ts';
import { documentSchema, signedDocumentsSchema } from './documents.ts';
import { countLimits, sizeLimits } from './limits.ts';
import { loginTokenSchema } from './login-token.ts';
import { noncePattern, requestIdPattern, type pageMethods } from './page-wire-names.ts';
import { platformIdSchema } from './platform-ids.ts';
import { sceneSchema } from './scenes.ts';
import { proposedPlacesSchema, sealFormatSchema } from './seal-places.ts';
import { sessionStateSchema } from './session-states.ts';
import { answerValueSchema, questionIdSchema, siteSchema } from './site-wire.ts';
import { siteQuestionNames } from './page-wire-names.ts';
import { wireErrorSchema } from './wire-error-schema.ts';

/**
 * The site API's wire. Page → content script: two window messages to find each other, then one MessagePort.
 * Content script ⇄ background: the same requests and replies on a runtime port named `pagePortName`.
 */

const nonceSchema = v.pipe(v.string(), v.regex(noncePattern));

/** Page → content script, by `window.postMessage`: is there a bridge? The answer is an `announce` with a port. */
export const askSchema = v.strictObject({ caBridge: v.literal('ask'), nonce: nonceSchema });

/** Content script → page, by `window.postMessage` with one MessagePort: the bridge is here, talk to this port. */
export const announceSchema = v.strictObject({ caBridge: v.literal('announce'), nonce: nonceSchema });

const requestIdSchema = v.pipe(v.string(), v.regex(requestIdPattern));

export const capabilitiesSchema = v.strictObject({
  /** Version of the site API. */
  api: versionSchema,
  /** Version of the extension. */
  extension: v.pipe(v.string(), v.maxLength(40)),
  /** What can be asked for, and through which driver and platform. */
  scenes: v.pipe(
    v.array(v.strictObject({ scene: sceneSchema, driver: driverSchema, platform: platformIdSchema })),
    v.maxLength(200),
  ),
});

export type Capabilities = v.InferOutput<typeof capabilitiesSchema>;

/** Unguessable text of the site's back end, printable ASCII, single use. */
const challengeSchema = v.pipe(
  v.string(),
  v.minLength(sizeLimits.challengeMin),
  v.maxLength(sizeLimits.challengeMax),
  v.regex(/^[\x21-\x7e]+$/),
);

export const loginParamsSchema = v.strictObject({
  challenge: challengeSchema,
  platform: v.optional(platformIdSchema),
});

export type LoginParams = v.InferOutput<typeof loginParamsSchema>;

/** Driver `site`: the page shows nothing and gets the login itself, from its own back end. */
export const showLoginParamsSchema = v.strictObject({ site: siteSchema });

export type ShowLoginParams = v.InferOutput<typeof showLoginParamsSchema>;

export const signMessageParamsSchema = v.strictObject({
  document: documentSchema,
  /** The document is UTF-8 text that the user should read before signing. */
  isText: v.boolean(),
  /** Whether the message carries the content, or only the signature over it. */
  form: v.picklist(['attached', 'detached']),
  platform: v.optional(platformIdSchema),
  site: v.optional(siteSchema),
  trustAnchors: trustAnchorsSchema,
});

export type SignMessageParams = v.InferOutput<typeof signMessageParamsSchema>;

export const sealParamsSchema = v.strictObject({
  documents: v.pipe(
    v.array(v.strictObject({ ...documentSchema.entries, places: v.optional(proposedPlacesSchema) })),
    v.minLength(1),
    v.maxLength(countLimits.documents),
  ),
  /** SM2 CMS unless told. */
  format: v.optional(sealFormatSchema),
  platform: v.optional(platformIdSchema),
  site: v.optional(siteSchema),
  trustAnchors: trustAnchorsSchema,
});

export type SealParams = v.InferOutput<typeof sealParamsSchema>;

export const revokeSealParamsSchema = v.strictObject({
  document: documentSchema,
  platform: v.optional(platformIdSchema),
  site: v.optional(siteSchema),
  trustAnchors: trustAnchorsSchema,
});

export type RevokeSealParams = v.InferOutput<typeof revokeSealParamsSchema>;

/** Parameters of each method of the site API. */
const paramsSchemas = {
  capabilities: v.strictObject({}),
  login: loginParamsSchema,
  showLogin: showLoginParamsSchema,
  signMessage: signMessageParamsSchema,
  seal: sealParamsSchema,
  revokeSeal: revokeSealParamsSchema,
  encrypt: encryptParamsSchema,
  decrypt: decryptParamsSchema,
  rehearse: bidCheckParamsSchema,
  readiness: bidCheckParamsSchema,
} as const satisfies Record<(typeof pageMethods)[number], v.GenericSchema>;

/** Result of each method of the site API. */
export const resultSchemas = {
  capabilities: capabilitiesSchema,
  login: loginTokenSchema,
  showLogin: v.strictObject({}),
  signMessage: signedDocumentsSchema,
  seal: signedDocumentsSchema,
  revokeSeal: signedDocumentsSchema,
  encrypt: encryptedDocumentsSchema,
  decrypt: openedBidsSchema,
  rehearse: openedBidsSchema,
  readiness: openedBidsSchema,
} as const;

export type PageMethod = keyof typeof paramsSchemas;
export type PageParams<M extends PageMethod> = v.InferOutput<(typeof paramsSchemas)[M]>;
export type PageResult<M extends PageMethod> = v.InferOutput<(typeof resultSchemas)[M]>;

/** Page → bridge. `id` is the page's own, unique within its document. */
export const pageRequestSchema = v.variant('type', [
  v.strictObject({
    type: v.literal('request'),
    id: requestIdSchema,
    method: v.literal('capabilities'),
    params: paramsSchemas.capabilities,
  }),
  v.strictObject({
    type: v.literal('request'),
    id: requestIdSchema,
    method: v.literal('login'),
    params: paramsSchemas.login,
  }),
  v.strictObject({
    type: v.literal('request'),
    id: requestIdSchema,
    method: v.literal('showLogin'),
    params: paramsSchemas.showLogin,
  }),
  v.strictObject({
    type: v.literal('request'),
    id: requestIdSchema,
    method: v.literal('signMessage'),
    params: paramsSchemas.signMessage,
  }),
  v.strictObject({
    type: v.literal('request'),
    id: requestIdSchema,
    method: v.literal('seal'),
    params: paramsSchemas.seal,
  }),
  v.strictObject({
    type: v.literal('request'),
    id: requestIdSchema,
    method: v.literal('revokeSeal'),
    params: paramsSchemas.revokeSeal,
  }),
  v.strictObject({
    type: v.literal('request'),
    id: requestIdSchema,
    method: v.literal('encrypt'),
    params: paramsSchemas.encrypt,
  }),
  v.strictObject({
    type: v.literal('request'),
    id: requestIdSchema,
    method: v.literal('decrypt'),
    params: paramsSchemas.decrypt,
  }),
  v.strictObject({
    type: v.literal('request'),
    id: requestIdSchema,
    method: v.literal('rehearse'),
    params: paramsSchemas.rehearse,
  }),
  v.strictObject({
    type: v.literal('request'),
    id: requestIdSchema,
    method: v.literal('readiness'),
    params: paramsSchemas.readiness,
  }),
  v.strictObject({ type: v.literal('cancel'), id: requestIdSchema }),
  /** To a `question` of driver `site`; `value` is decoded by the question's schema, and absent where it `failed`. */
  v.strictObject({
    type: v.literal('answer'),
    id: requestIdSchema,
    question: questionIdSchema,
    value: v.optional(answerValueSchema),
    failed: v.optional(v.literal(true)),
  }),
]);

export type PageRequest = v.InferOutput<typeof pageRequestSchema>;

/** Content script → background: what the page may say, and the receipt that lets the background forget an outcome. */
export const relayedRequestSchema = v.variant('type', [
  ...pageRequestSchema.options,
  v.strictObject({ type: v.literal('delivered'), id: requestIdSchema }),
]);

export type RelayedRequest = v.InferOutput<typeof relayedRequestSchema>;

/** Bridge → page. `result.value` is decoded by the schema of the request's method, `question.params` by that of `ask`. */
export const pageReplySchema = v.variant('type', [
  /** The request is stored and will end in a result or an error, whatever happens to the worker. */
  v.strictObject({ type: v.literal('ack'), id: requestIdSchema }),
  v.strictObject({ type: v.literal('state'), id: requestIdSchema, state: sessionStateSchema }),
  /** Driver `site`: about the page's own flow; comes again, word for word, where a restarted worker lost the answer. */
  v.strictObject({
    type: v.literal('question'),
    id: requestIdSchema,
    question: questionIdSchema,
    ask: v.picklist(siteQuestionNames),
    params: v.unknown(),
  }),
  v.strictObject({ type: v.literal('result'), id: requestIdSchema, value: v.unknown() }),
  v.strictObject({ type: v.literal('error'), id: requestIdSchema, error: wireErrorSchema }),
]);

export type PageReply = v.InferOutput<typeof pageReplySchema>;
