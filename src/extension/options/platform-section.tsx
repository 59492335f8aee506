import type { VNode } from 'preact';
import type { PlatformId } from '../../protocol/platform-ids.ts';
import type { SettingsView } from '../../protocol/settings-view.ts';
import { useLocale, useText } from '../ui/text/text-context.ts';
import { RadioChoice } from './radio-choice.tsx';
import { SettingsSection } from './settings-section.tsx';
import { useSaving } from './use-saving.ts';
import { withSettings, type SettingsAccess } from './use-settings.ts';

/** The platform that is taken where a site names none. */
export function PlatformSection({ access, view }: { access: SettingsAccess; view: SettingsView }): VNode {
  const { options, platform: words } = useText();
  const locale = useLocale();
  const text = options.platform;
  const saving = useSaving(access);
  const locked = view.locked.includes('defaultPlatform');
  const choose = (value: PlatformId | 'none'): void => {
    if (value !== 'none') {
      const changes = { defaultPlatform: value };
      return saving.run({ command: 'changeSettings', changes }, options.saved, withSettings(changes));
    }
    // A change can replace an entry, not take it away; a file without it can.
    const { defaultPlatform: _, ...settings } = view.settings;
    saving.run({ command: 'importSettings', text: JSON.stringify(settings) }, options.saved, (before) => ({
      ...before,
      settings,
    }));
  };
  return (
    <SettingsSection heading={text.heading} explanation={text.explanation} locked={locked} saving={saving}>
      <RadioChoice<PlatformId | 'none'>
        legend={text.heading}
        options={[
          { value: 'none', label: text.none },
          ...view.platforms.map(({ id, name, available }) => ({
            value: id,
            label: name[locale],
            ...(available ? {} : { reason: words.unavailable }),
          })),
        ]}
        value={view.settings.defaultPlatform ?? 'none'}
        locked={locked}
        onChoose={choose}
      />
    </SettingsSection>
  );
}
