import type { VNode } from 'preact';
import { localServiceAddresses } from '../../protocol/local-service-addresses.ts';
import type { SettingsView } from '../../protocol/settings-view.ts';
import { OriginText } from '../ui/origin-text.tsx';
import { useText } from '../ui/text/text-context.ts';
import { SettingsSection } from './settings-section.tsx';
import { useSaving } from './use-saving.ts';
import { withSettings, type SettingsAccess } from './use-settings.ts';

interface LocalServiceSectionProps {
  readonly access: SettingsAccess;
  readonly view: SettingsView;
}

/** On which sites calls to the vendor's local service go through the client, and to which addresses exactly. */
export function LocalServiceSection({ access, view }: LocalServiceSectionProps): VNode {
  const { options } = useText();
  const text = options.localService;
  const saving = useSaving(access);
  const locked = view.locked.includes('localServiceBridge');
  const on = view.settings.localServiceBridge;
  const permitted = view.sites.flatMap((site) => (site.permitted ? [site.origin] : []));
  const sites = [...new Set([...permitted, ...on])];
  const turn = (site: string, isOn: boolean): void => {
    const localServiceBridge = isOn ? [...on, site] : on.filter((other) => other !== site);
    const changes = { localServiceBridge };
    saving.run({ command: 'changeSettings', changes }, text.reload, withSettings(changes));
  };
  return (
    <SettingsSection heading={text.heading} explanation={text.explanation} locked={locked} saving={saving}>
      <p class="muted">{text.why}</p>
      <fieldset>
        <legend class="label">{text.sites}</legend>
        {sites.length === 0 && <p class="muted">{text.none}</p>}
        <div class="switches">
          {sites.map((site) => (
            <label key={site} class="platform-option">
              <input
                type="checkbox"
                value={site}
                checked={on.includes(site)}
                disabled={locked}
                onChange={({ currentTarget }) => turn(site, currentTarget.checked)}
              />
              <OriginText origin={site} />
            </label>
          ))}
        </div>
      </fieldset>
      <div>
        <p class="label">{text.addresses}</p>
        <ul class="addresses">
          {localServiceAddresses.map((address) => (
            <li key={address}>
              <code>{address}</code>
            </li>
          ))}
        </ul>
        <p class="muted">{text.limits}</p>
      </div>
    </SettingsSection>
  );
}
