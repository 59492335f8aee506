import type { PlatformId } from '../../protocol/platform-ids.ts';
import type { BackgroundClient } from '../ui/background-client.ts';
import { useLocale } from '../ui/text/text-context.ts';
import { useDirectory } from '../ui/use-directory.ts';

export interface NamedPlatform {
  /** In the page's language; its id where the directory has no such entry. */
  readonly name: string;
  /** A driver for it is published. */
  readonly hasDriver: boolean;
}

/** What the directory says of a platform. */
export function usePlatforms(client: BackgroundClient): (id: PlatformId) => NamedPlatform {
  const locale = useLocale();
  const { entries } = useDirectory(client);
  return (id) => {
    const entry = entries?.find((other) => other.id === id);
    return { name: entry?.name[locale] ?? id, hasDriver: entry?.driver !== undefined };
  };
}
