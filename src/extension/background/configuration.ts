import * as v from 'valibot';
import browser from 'webextension-polyfill';
import { configurationSchema, type Configuration } from '../../protocol/configuration.ts';
import type { PlatformId } from '../../protocol/platform-ids.ts';
import type { PlatformChoice } from '../../protocol/ui-messages.ts';
import { platforms } from '../../platforms/registry.ts';

/** What this deployment allows, from the build's own file and from managed policy. */
export interface Deployment {
  readonly builtIn: Configuration;
  readonly policy: Configuration;
  /** Why managed policy is ignored, for an administrator; absent when there is none or it is sound. */
  readonly policyProblem?: string;
}

/** Reads `configuration.json`, what the build itself allows. */
export async function loadBuiltIn(): Promise<Configuration> {
  const file = await fetch(browser.runtime.getURL('configuration.json'));
  return v.parse(configurationSchema, await file.json());
}

/**
 * Reads managed policy; a browser that has just started takes some seconds for it. A policy that does not match
 * its schema counts as none at all: it never widens anything.
 */
export async function loadPolicy(): Promise<Pick<Deployment, 'policy' | 'policyProblem'>> {
  const managed: unknown = await browser.storage.managed.get(null).catch(() => ({}));
  const policy = v.safeParse(configurationSchema, managed);
  if (policy.success) return { policy: policy.output };
  const [issue] = policy.issues;
  return { policy: {}, policyProblem: `${v.getDotPath(issue) ?? ''}: ${issue.message}` };
}

/** Origins of trading systems from build and policy. */
export function configuredSites({ builtIn, policy }: Deployment): readonly string[] {
  return [...(builtIn.sites ?? []), ...(policy.sites ?? [])];
}

/** Base address of the platform's front server; policy wins over the build. */
export function frontServerOf(deployment: Deployment, platform: PlatformId): string | undefined {
  return deployment.policy.frontServers?.[platform] ?? deployment.builtIn.frontServers?.[platform];
}

/** All platforms as the user may choose among them, those that can serve first. */
export function platformChoices(deployment: Deployment): readonly PlatformChoice[] {
  return Object.values(platforms)
    .map(({ id, name, hotline }) => ({
      id,
      name,
      available: frontServerOf(deployment, id) !== undefined,
      ...(hotline === undefined ? {} : { hotline }),
    }))
    .toSorted((left, right) => Number(right.available) - Number(left.available));
}

/**
 * The platform to take without asking: the site's choice, else the deployment's default, else the only one there
 * is. Undefined when the user has to choose.
 * @returns 'none' when no platform can serve.
 */
export function platformToTake(
  deployment: Deployment,
  named: PlatformId | undefined,
): PlatformId | 'none' | undefined {
  const usable = platformChoices(deployment).filter((choice) => choice.available);
  const wanted = named ?? deployment.policy.defaultPlatform ?? deployment.builtIn.defaultPlatform;
  if (wanted !== undefined) return usable.some((choice) => choice.id === wanted) ? wanted : 'none';
  return usable.length > 1 ? undefined : (usable[0]?.id ?? 'none');
}

/** Certificates of build and policy that can open every bid, base64 DER. */
export function encryptionRecipientsOf({ builtIn, policy }: Deployment): readonly string[] {
  return [...(builtIn.encryptionRecipients ?? []), ...(policy.encryptionRecipients ?? [])];
}

/** Authorities of build and policy, base64 DER. */
export function trustAnchorsOf({ builtIn, policy }: Deployment): readonly string[] {
  return [...(builtIn.trustAnchors ?? []), ...(policy.trustAnchors ?? [])];
}
