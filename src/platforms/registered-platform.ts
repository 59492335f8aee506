import type { ConnectorId } from '../protocol/connector-methods.ts';
import type { Driver } from '../protocol/drivers.ts';
import type { Locale } from '../protocol/errors.ts';
import { scenes, type Scene } from '../protocol/scenes.ts';
import { localScenes } from './local/local-scenes.ts';
import type { Platform, RelayPlatform } from './platform.ts';
import { relayPlatform } from './relay/relay-platform.ts';

type LocalizedText = Readonly<Record<Locale, string>>;

/** What this build knows of a platform, and what it does not. */
export interface PlatformFacts {
  /** What it is built on. */
  readonly published: readonly LocalizedText[];
  /** What has to come from the platform's own documents, or from the deployment's configuration. */
  readonly awaits: readonly LocalizedText[];
}

/** A platform of this build, as its front server is reached; `offers` are those of all its drivers. */
export interface RegisteredPlatform extends RelayPlatform {
  readonly facts: PlatformFacts;
  /** Speaks to the vendor's local service, where there is one whose wire is known. */
  readonly connector?: ConnectorId;
}

export type PlatformDescription = Pick<Platform, 'id' | 'name' | 'hotline'> &
  Pick<RegisteredPlatform, 'facts' | 'connector'>;

/** A platform with every driver that can serve it. */
export function registeredPlatform(described: PlatformDescription): RegisteredPlatform {
  const { facts, connector, ...description } = described;
  const by = (driver: Driver, offered: readonly Scene[]) => offered.map((scene) => ({ scene, driver }));
  return {
    ...relayPlatform(description),
    offers: [
      ...by('relay', scenes),
      ...by('site', scenes),
      ...by('mirror', scenes),
      ...(connector === undefined ? [] : by('local', localScenes)),
    ],
    facts,
    ...(connector === undefined ? {} : { connector }),
  };
}
