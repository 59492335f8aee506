import * as v from 'valibot';
import { base64CertificateSchema } from './base64.ts';
import { countLimits } from './limits.ts';
import { platformIdSchema, platformIds } from './platform-ids.ts';
import { isTrustworthyOrigin } from './origins.ts';

const originSchema = v.pipe(
  v.string(),
  v.check(isTrustworthyOrigin, 'must be an https origin without path, or http on 127.0.0.1'),
);

const originOf = (address: string): string => /^https?:\/\/[^/]+/.exec(address)?.[0] ?? '';

/** Base address of a platform's front server: https (or loopback http), no query, no fragment, no final slash. */
const frontServerSchema = v.pipe(
  v.string(),
  v.maxLength(200),
  v.regex(/^https?:\/\/[a-z0-9.:-]+(?:\/[\w.-]+)*$/),
  v.check((address) => isTrustworthyOrigin(originOf(address)), 'must be https'),
);

/**
 * Shape of `configuration.json` (shipped with a build) and of managed policy, which replaces it entry by entry.
 * Everything in it is data of the deployment, none of it is code.
 */
export const configurationSchema = v.strictObject({
  /** Origins of trading systems on which the bridge answers. */
  sites: v.optional(v.pipe(v.array(originSchema), v.maxLength(100))),
  /** Front server of each platform that speaks relay protocol v1. */
  frontServers: v.optional(v.partial(v.strictObject(v.entriesFromList(platformIds, frontServerSchema)))),
  /** Platform taken where neither the site nor the user chose one. */
  defaultPlatform: v.optional(platformIdSchema),
  /** Authorities that signatures and seals are judged by, base64 DER. */
  trustAnchors: v.optional(v.pipe(v.array(base64CertificateSchema), v.maxLength(countLimits.trustAnchors))),
  /** Certificates that can open every encrypted bid besides the bidder's (the trading centre's), base64 DER. */
  encryptionRecipients: v.optional(
    v.pipe(v.array(base64CertificateSchema), v.maxLength(countLimits.recipients - 1)),
  ),
});

export type Configuration = v.InferOutput<typeof configurationSchema>;
