import type { Configuration } from '../../../protocol/configuration.ts';
import type { PromptBehaviour, SettingName, Settings } from '../../../protocol/settings.ts';
import type { Deployment } from '../configuration.ts';

/** The settings that managed policy can decide. */
const policyNames = ['defaultPlatform', 'onPrompt', 'localServiceBridge'] as const satisfies SettingName[];

/** Settings that policy decides here. */
export function lockedBy(policy: Configuration): readonly SettingName[] {
  return policyNames.filter((name) => policy[name] !== undefined);
}

/** The user's settings with policy's over them, entry by entry. */
export function withPolicy(settings: Settings, { policy }: Deployment): Settings {
  const { defaultPlatform, onPrompt: behaviour, localServiceBridge } = policy;
  return {
    ...settings,
    ...(defaultPlatform === undefined ? {} : { defaultPlatform }),
    ...(localServiceBridge === undefined ? {} : { localServiceBridge: [...new Set(localServiceBridge)] }),
    ...(behaviour === undefined
      ? {}
      : { onPrompt: settings.onPrompt.map(({ site }) => ({ site, behaviour })) }),
  };
}

/** What happens when a prompt is found on the site: as policy, the user or the build says, in this order. */
export function behaviourOn(
  site: string,
  { onPrompt }: Settings,
  { builtIn, policy }: Deployment,
): PromptBehaviour | undefined {
  const ofUser = onPrompt.find((choice) => choice.site === site)?.behaviour;
  return policy.onPrompt ?? ofUser ?? builtIn.onPrompt;
}
