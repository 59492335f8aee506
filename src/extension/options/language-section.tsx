import type { VNode } from 'preact';
import type { Language } from '../../protocol/settings.ts';
import type { SettingsView } from '../../protocol/settings-view.ts';
import { useText } from '../ui/text/text-context.ts';
import { RadioChoice } from './radio-choice.tsx';
import { SettingsSection } from './settings-section.tsx';
import { useSaving } from './use-saving.ts';
import { withSettings, type SettingsAccess } from './use-settings.ts';

/** The language of the extension's pages. Each language is called by its own name, for who reads no other. */
export function LanguageSection({ access, view }: { access: SettingsAccess; view: SettingsView }): VNode {
  const text = useText().options;
  const saving = useSaving(access);
  const locked = view.locked.includes('language');
  return (
    <SettingsSection heading={text.language.heading} locked={locked} saving={saving}>
      <RadioChoice<Language>
        legend={text.language.heading}
        options={[
          { value: 'auto', label: text.language.auto },
          { value: 'zh-CN', label: '简体中文', lang: 'zh-CN' },
          { value: 'en', label: 'English', lang: 'en' },
        ]}
        value={view.settings.language}
        locked={locked}
        onChoose={(language) =>
          saving.run(
            { command: 'changeSettings', changes: { language } },
            text.saved,
            withSettings({ language }),
          )
        }
      />
    </SettingsSection>
  );
}
