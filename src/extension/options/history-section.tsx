import type { VNode } from 'preact';
import type { Settings } from '../../protocol/settings.ts';
import type { SettingsView } from '../../protocol/settings-view.ts';
import { useText } from '../ui/text/text-context.ts';
import { RadioChoice } from './radio-choice.tsx';
import { SettingsSection } from './settings-section.tsx';
import { useSaving } from './use-saving.ts';
import { withSettings, type SettingsAccess } from './use-settings.ts';

const periods = [0, 30, 90, 365, 1_825] as const satisfies readonly Settings['historyDays'][];

/** How long receipts are kept. */
export function HistorySection({ access, view }: { access: SettingsAccess; view: SettingsView }): VNode {
  const { options } = useText();
  const text = options.history;
  const saving = useSaving(access);
  const locked = view.locked.includes('historyDays');
  return (
    <SettingsSection heading={text.heading} explanation={text.explanation} locked={locked} saving={saving}>
      <RadioChoice
        legend={text.heading}
        options={periods.map((days) => ({ value: String(days), label: text.keep[`days${days}`] }))}
        value={String(view.settings.historyDays)}
        locked={locked}
        onChoose={(value) => {
          const historyDays = periods.find((days) => String(days) === value);
          if (historyDays === undefined) return;
          saving.run(
            { command: 'changeSettings', changes: { historyDays } },
            options.saved,
            withSettings({ historyDays }),
          );
        }}
      />
    </SettingsSection>
  );
}
