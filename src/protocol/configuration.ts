import * as v from 'valibot';
import { base64CertificateSchema } from './base64.ts';
import { countLimits } from './limits.ts';
import { platformIdSchema, platformIds } from './platform-ids.ts';
import { directorySchema } from './directory.ts';
import { sessionDrivers } from './drivers.ts';
import { promptBehaviours } from './settings.ts';
import { promptRulesSchema } from './prompt-rules.ts';
import { isTrustworthyOrigin } from './origins.ts';

const originSchema = v.pipe(
  v.string(),
  v.check(isTrustworthyOrigin, 'must be an https origin without path, or http on 127.0.0.1'),
);

export const logLevels = ['off', 'error', 'info'] as const;
export type LogLevel = (typeof logLevels)[number];

const originOf = (address: string): string => /^https?:\/\/[^/]+/.exec(address)?.[0] ?? '';

/**
 * Base address of a platform's front server: https (or loopback http), no query, no fragment, no final slash, no
 * segment of dots alone.
 */
const frontServerSchema = v.pipe(
  v.string(),
  v.maxLength(200),
  v.regex(
    /^https?:\/\/[a-z0-9.:-]+(?:\/(?!\.+(?:\/|$))[\w.-]+)*$/,
    'must be an https address without query, fragment, final slash and dot segments',
  ),
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
  /** Platforms that may be chosen; all unless told. */
  platforms: v.optional(v.pipe(v.array(platformIdSchema), v.minLength(1))),
  /** Driver taken for a platform that has both a front server and a local service. */
  defaultDriver: v.optional(v.picklist(sessionDrivers)),
  /** Entries of 数字证书办理 that replace the built-in ones, or come beside them. */
  directory: v.optional(directorySchema),
  /** Rules by which prompts are recognised, besides the built-in ones. */
  promptRules: v.optional(promptRulesSchema),
  /** What happens when a prompt is found, on all sites; the user is not asked then. */
  onPrompt: v.optional(v.picklist(promptBehaviours)),
  /** Sites on which calls to the vendor's local service go through the native client; the user can add none then. */
  localServiceBridge: v.optional(v.pipe(v.array(originSchema), v.maxLength(100))),
  /** How much the background writes to the browser's console; nothing personal in any case. */
  logLevel: v.optional(v.picklist(logLevels)),
  /** Authorities that signatures and seals are judged by, base64 DER. */
  trustAnchors: v.optional(v.pipe(v.array(base64CertificateSchema), v.maxLength(countLimits.trustAnchors))),
  /** Certificates that can open every encrypted bid besides the bidder's (the trading centre's), base64 DER. */
  encryptionRecipients: v.optional(
    v.pipe(v.array(base64CertificateSchema), v.maxLength(countLimits.recipients - 1)),
  ),
});

export type Configuration = v.InferOutput<typeof configurationSchema>;
