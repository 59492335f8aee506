import type { VNode } from 'preact';
import { settingsLimits } from '../../protocol/settings.ts';
import type { SettingsView } from '../../protocol/settings-view.ts';
import { Button } from '../ui/button.tsx';
import { downloadBlob } from '../ui/download-blob.ts';
import { FileButton } from '../ui/file-button.tsx';
import { useText } from '../ui/text/text-context.ts';
import { SettingsSection } from './settings-section.tsx';
import { useSaving } from './use-saving.ts';
import type { SettingsAccess } from './use-settings.ts';

/** The settings as a file, and back. */
export function TransferSection({ access, view }: { access: SettingsAccess; view: SettingsView }): VNode {
  const text = useText().options.transfer;
  const saving = useSaving(access);
  const save = (): void => {
    const content = `${JSON.stringify(view.settings, null, 2)}\n`;
    downloadBlob(new Blob([content], { type: 'application/json' }), text.fileName);
  };
  const load = async (file: File): Promise<void> => {
    if (file.size > settingsLimits.fileText) return saving.fail('SETTINGS_INVALID');
    const content = await file.text().catch(() => undefined);
    if (content === undefined) return saving.fail('SETTINGS_INVALID');
    saving.run({ command: 'importSettings', text: content }, text.imported);
  };
  return (
    <SettingsSection heading={text.heading} explanation={text.explanation} saving={saving}>
      <div class="actions">
        <Button onPress={save}>{text.export}</Button>
        <FileButton
          label={text.import}
          accept=".json,application/json"
          onFiles={([file]) => file && void load(file)}
        />
      </div>
    </SettingsSection>
  );
}
