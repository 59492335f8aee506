import * as v from 'valibot';
import browser from 'webextension-polyfill';
import { configurationSchema, type Configuration, type LogLevel } from '../../protocol/configuration.ts';
import type { SessionDriver } from '../../protocol/drivers.ts';
import type { PlatformId } from '../../protocol/platform-ids.ts';
import type { PromptRule } from '../../protocol/prompt-rules.ts';
import type { Scene } from '../../protocol/scenes.ts';
import type { PlatformChoice } from '../../protocol/ui-messages.ts';
import { platforms } from '../../platforms/registry.ts';
import { logError } from './log.ts';
import { policyProblemOf } from './settings/policy-problem.ts';

/** What this deployment allows, from the build's own file and from managed policy. */
export interface Deployment {
  readonly builtIn: Configuration;
  readonly policy: Configuration;
  /** Why managed policy is ignored, for an administrator; absent when there is none or it is sound. */
  readonly policyProblem?: string;
}

/** What `configurationSchema` cannot see, for it knows no URL: a port above 65535, numbers that are no IP address. */
const policySchema = v.pipe(
  configurationSchema,
  v.check(
    ({ frontServers = {} }) =>
      Object.values(frontServers).every((address) => address === undefined || URL.canParse(address)),
    'frontServers: not an address',
  ),
);

/** Reads `configuration.json`, what the build itself allows. */
export async function loadBuiltIn(): Promise<Configuration> {
  const file = await fetch(browser.runtime.getURL('configuration.json'));
  return v.parse(configurationSchema, await file.json());
}

/** Nobody knows whether a broken policy allowed the local-service bridge: it is off, and locked. */
const inPlaceOfBroken: Configuration = { localServiceBridge: [] };

/**
 * Reads managed policy; a browser that has just started takes some seconds for it. A policy that does not match
 * its schema is ignored as a whole and never widens anything. The browser itself leaves out entries of a wrong type
 * before anybody here sees them (`POLICY.md`).
 */
export async function loadPolicy(): Promise<Pick<Deployment, 'policy' | 'policyProblem'>> {
  const managed: unknown = await browser.storage.managed.get(null).catch((error: unknown) => {
    logError('policy-unreadable', error);
    return {};
  });
  const policy = v.safeParse(policySchema, managed);
  if (policy.success) return { policy: policy.output };
  logError('policy-invalid');
  return { policy: inPlaceOfBroken, policyProblem: policyProblemOf(policy.issues) };
}

/** Origins of trading systems from build and policy. */
export function configuredSites({ builtIn, policy }: Deployment): readonly string[] {
  return [...(builtIn.sites ?? []), ...(policy.sites ?? [])];
}

/** The platform may be chosen at all. */
export function isAllowedPlatform({ builtIn, policy }: Deployment, platform: PlatformId): boolean {
  const allowed = policy.platforms ?? builtIn.platforms;
  return allowed === undefined || allowed.includes(platform);
}

/** Base address of the platform's front server; policy wins over the build. Undefined for one that may not be chosen. */
export function frontServerOf(deployment: Deployment, platform: PlatformId): string | undefined {
  if (!isAllowedPlatform(deployment, platform)) return undefined;
  return deployment.policy.frontServers?.[platform] ?? deployment.builtIn.frontServers?.[platform];
}

/**
 * Who can run a session of this platform: its front server, where one is configured, or its vendor's service on this
 * machine; undefined where nobody can. Driver `site` is the page's own word, and not for the deployment to choose.
 * @param scene any of them unless told
 */
export function driverOf(
  deployment: Deployment,
  platform: PlatformId,
  scene?: Scene,
): Exclude<SessionDriver, 'site'> | undefined {
  const isRelay = frontServerOf(deployment, platform) !== undefined;
  const isLocal =
    isAllowedPlatform(deployment, platform) &&
    platforms[platform].offers.some(
      (offer) => offer.driver === 'local' && (scene === undefined || offer.scene === scene),
    );
  const preferred = deployment.policy.defaultDriver ?? deployment.builtIn.defaultDriver;
  if (isLocal && (!isRelay || preferred === 'local')) return 'local';
  return isRelay ? 'relay' : undefined;
}

/**
 * The platforms as the user may choose among them, those that can serve first.
 * @param scene what they are to serve; any of the scenes unless told
 */
export function platformChoices(deployment: Deployment, scene?: Scene): readonly PlatformChoice[] {
  return Object.values(platforms)
    .filter(({ id }) => isAllowedPlatform(deployment, id))
    .map(({ id, name, hotline }) => ({
      id,
      name,
      available: driverOf(deployment, id, scene) !== undefined,
      ...(hotline === undefined ? {} : { hotline }),
    }))
    .toSorted((left, right) => Number(right.available) - Number(left.available));
}

/**
 * The platform to take without asking: the site's choice, else policy's, the user's or the build's default, else the
 * only one with a front server, or the only one there is. Undefined when the user has to choose: that somebody has a
 * key on this machine is never supposed.
 * @param ofUser the user's default. One of the user or the build that cannot serve counts as none; policy's does not.
 * @param scene what it is to serve; any of the scenes unless told
 * @returns 'none' when no platform can serve.
 */
export function platformToTake(
  deployment: Deployment,
  named: PlatformId | undefined,
  ofUser?: PlatformId,
  scene?: Scene,
): PlatformId | 'none' | undefined {
  const choices = platformChoices(deployment, scene);
  const usable = choices.filter((choice) => choice.available);
  const isUsable = (platform: PlatformId | undefined) => usable.some(({ id }) => id === platform);
  const { builtIn, policy } = deployment;
  const wanted = named ?? policy.defaultPlatform ?? [ofUser, builtIn.defaultPlatform].find(isUsable);
  if (wanted !== undefined) return isUsable(wanted) ? wanted : 'none';
  if (usable.length === 0) return 'none';
  const byFrontServer = usable.filter(({ id }) => driverOf(deployment, id, scene) === 'relay');
  const [first, ...others] = byFrontServer.length === 0 ? choices : byFrontServer;
  return others.length === 0 ? first?.id : undefined;
}

/** Certificates of build and policy that can open every bid, base64 DER. */
export function encryptionRecipientsOf({ builtIn, policy }: Deployment): readonly string[] {
  return [...(builtIn.encryptionRecipients ?? []), ...(policy.encryptionRecipients ?? [])];
}

/** Authorities of build and policy, base64 DER. */
export function trustAnchorsOf({ builtIn, policy }: Deployment): readonly string[] {
  return [...(builtIn.trustAnchors ?? []), ...(policy.trustAnchors ?? [])];
}

/** Rules by which prompts are recognised, besides the detector's own. */
export function promptRulesOf({ builtIn, policy }: Deployment): readonly PromptRule[] {
  return policy.promptRules ?? builtIn.promptRules ?? [];
}

/** How much the background writes to the console. */
export function logLevelOf({ builtIn, policy }: Deployment): LogLevel {
  return policy.logLevel ?? builtIn.logLevel ?? 'error';
}
