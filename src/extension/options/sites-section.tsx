import type { VNode } from 'preact';
import browser from 'webextension-polyfill';
import { promptBehaviours, type PromptBehaviour } from '../../protocol/settings.ts';
import type { SettingsView } from '../../protocol/settings-view.ts';
import { Glyph } from '../ui/glyph.tsx';
import { OriginText } from '../ui/origin-text.tsx';
import { useText } from '../ui/text/text-context.ts';
import { AddSite } from './add-site.tsx';
import { SettingsSection } from './settings-section.tsx';
import { useSaving, type Saving } from './use-saving.ts';
import type { SettingsAccess } from './use-settings.ts';

interface SectionProps {
  readonly access: SettingsAccess;
  readonly view: SettingsView;
}

/** Where the extension works, by whose decision, and what it does there when a prompt is found. */
export function SitesSection({ access, view }: SectionProps): VNode {
  const text = useText().options.sites;
  const saving = useSaving(access);
  const answer = (words: string): void => {
    void access.reload().then(() => saving.say(words));
  };
  return (
    <SettingsSection heading={text.heading} explanation={text.explanation} saving={saving}>
      {view.sites.length === 0 ? (
        <p class="muted">{text.none}</p>
      ) : (
        <ul class="sites">
          {view.sites.map((site) => (
            <SiteRow
              key={site.origin}
              site={site}
              locked={view.locked.includes('onPrompt')}
              saving={saving}
              onAnswer={answer}
            />
          ))}
        </ul>
      )}
      <AddSite sites={view.sites} onAnswer={answer} />
    </SettingsSection>
  );
}

interface SiteRowProps {
  readonly site: SettingsView['sites'][number];
  /** Policy decides what happens when a prompt is found. */
  readonly locked: boolean;
  readonly saving: Saving;
  readonly onAnswer: (words: string) => void;
}

function SiteRow({ site, locked, saving, onAnswer }: SiteRowProps): VNode {
  const { options } = useText();
  const text = options.sites;
  const { origin, source, permitted, behaviour } = site;
  const permit = (): void => {
    // First thing in the press: the browser asks only on a user's gesture.
    browser.permissions.request({ origins: [`${origin}/*`] }).then(
      (granted) => onAnswer(granted ? text.granted(origin) : text.declined),
      () => onAnswer(text.declined),
    );
  };
  const revoke = (): void => saving.run({ command: 'forgetSite', site: origin }, text.revoked(origin));
  const choose = (chosen: PromptBehaviour): void =>
    saving.run({ command: 'setPromptBehaviour', site: origin, behaviour: chosen }, options.saved, (view) => ({
      ...view,
      sites: view.sites.map((other) => (other.origin === origin ? { ...other, behaviour: chosen } : other)),
    }));
  return (
    <li class="site" data-site={origin}>
      <div class="site-words">
        <p>
          <OriginText origin={origin} />
        </p>
        <p class={`site-state ${permitted ? 'tone-ok' : 'tone-warn'}`}>
          <Glyph name={permitted ? 'check' : 'warning'} />
          <span>
            {permitted ? text.permitted : text.notPermitted} <span class="label">{text.sources[source]}</span>
          </span>
        </p>
      </div>
      {permitted && (
        <label class="site-choice">
          <span class="label">
            {text.onPrompt}
            {locked && (
              <span class="locked">
                <Glyph name="lock" />
                {options.locked}
              </span>
            )}
          </span>
          <select
            class="field"
            aria-label={text.onPromptOf(origin)}
            disabled={locked}
            value={behaviour ?? ''}
            onChange={({ currentTarget }) => {
              const chosen = promptBehaviours.find((one) => one === currentTarget.value);
              if (chosen !== undefined) choose(chosen);
            }}
          >
            {behaviour === undefined && <option value="">{text.notAsked}</option>}
            {promptBehaviours.map((one) => (
              <option key={one} value={one}>
                {options.behaviours[one]}
              </option>
            ))}
          </select>
        </label>
      )}
      {!permitted && (
        <button type="button" class="button" aria-label={text.permitOf(origin)} onClick={permit}>
          {text.permit}
        </button>
      )}
      {permitted && source === 'user' && (
        <button
          type="button"
          class="button button-quiet"
          aria-label={text.revokeOf(origin)}
          aria-disabled={saving.busy}
          onClick={() => {
            if (!saving.busy) revoke();
          }}
        >
          {text.revoke}
        </button>
      )}
    </li>
  );
}
