import type { VNode } from 'preact';
import { useId, useState } from 'preact/hooks';
import browser from 'webextension-polyfill';
import type { SettingsView } from '../../protocol/settings-view.ts';
import { OriginText } from '../ui/origin-text.tsx';
import { useText } from '../ui/text/text-context.ts';
import { siteOf } from './site-address.ts';

interface AddSiteProps {
  readonly sites: SettingsView['sites'];
  readonly onAnswer: (words: string) => void;
}

/** Adds a site by the browser's own question. What will be asked for stands there in full before. */
export function AddSite({ sites, onAnswer }: AddSiteProps): VNode {
  const text = useText().options.sites;
  const inputId = useId();
  const hintId = useId();
  const [address, setAddress] = useState('');
  const [isRefused, setIsRefused] = useState(false);
  const site = siteOf(address);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (site === undefined) return setIsRefused(true);
    if (sites.some(({ origin, permitted }) => origin === site && permitted)) return onAnswer(text.known);
    // First thing in the press: the browser asks only on a user's gesture.
    browser.permissions.request({ origins: [`${site}/*`] }).then(
      (granted) => {
        onAnswer(granted ? text.granted(site) : text.declined);
        if (granted) setAddress('');
      },
      () => onAnswer(text.declined),
    );
  };
  return (
    <form class="add-site" noValidate onSubmit={submit}>
      <label class="label" for={inputId}>
        {text.addLabel}
      </label>
      <div class="add-line">
        <input
          id={inputId}
          class="field"
          type="text"
          inputMode="url"
          autocomplete="off"
          spellcheck={false}
          maxLength={500}
          value={address}
          aria-describedby={hintId}
          aria-invalid={isRefused}
          onInput={({ currentTarget }) => {
            setAddress(currentTarget.value);
            setIsRefused(false);
          }}
        />
        <button type="submit" class="button button-primary">
          {text.add}
        </button>
      </div>
      <div id={hintId}>
        {isRefused ? (
          <p class="refused" role="alert">
            {text.invalid}
          </p>
        ) : (
          <p class="muted">{site === undefined ? text.addHint : <OriginText origin={site} />}</p>
        )}
        <p class="muted">{text.addWarning}</p>
      </div>
    </form>
  );
}
