import type { VNode } from 'preact';
import type { DirectoryEntry } from '../../protocol/directory.ts';
import { FactList } from '../ui/fact-list.tsx';
import { Glyph } from '../ui/glyph.tsx';
import { OriginText } from '../ui/origin-text.tsx';
import { QrCode } from '../ui/qr-code.tsx';
import { useLocale, useText } from '../ui/text/text-context.ts';
import { ConfirmedLink } from './confirmed-link.tsx';

/** One platform of the directory. */
export function PlatformEntry({ entry }: { entry: DirectoryEntry }): VNode {
  const { directory: text, scenes } = useText();
  const locale = useLocale();
  const name = entry.name[locale];
  const isEnabled = entry.state === 'enabled';
  const list = new Intl.ListFormat(locale);
  const serves = list.format(entry.scenes.map((scene) => scenes[scene].name));
  const systems = list.format((entry.phoneSystems ?? []).map((system) => text.systems[system]));
  return (
    <li class="directory-entry" data-platform={entry.id}>
      <div class="directory-words">
        <div class="directory-head">
          <h3>{name}</h3>
          <span class={`badge ${isEnabled ? 'tone-ok' : 'tone-idle'}`}>
            <Glyph name={isEnabled ? 'check' : 'clock'} />
            {text.states[entry.state]}
          </span>
          {entry.byPolicy === true && <span class="badge tone-act">{text.byPolicy}</span>}
        </div>
        <FactList
          facts={[
            [text.serves, isEnabled ? serves || text.unpublished : serves],
            [text.hotline, entry.hotline && <strong class="hotline">{entry.hotline}</strong>],
            [text.phoneSystems, isEnabled ? systems || text.unpublished : systems],
          ]}
        />
        <div class="directory-links">
          {entry.manual !== undefined && (
            <ConfirmedLink address={entry.manual} what={text.manual} platform={name} />
          )}
          {entry.driver !== undefined && (
            <ConfirmedLink address={entry.driver} what={text.driver} platform={name} />
          )}
        </div>
      </div>
      {(entry.app !== undefined || entry.account !== undefined) && (
        <div class="directory-codes">
          {entry.app !== undefined && <Code address={entry.app} what={text.app} platform={name} />}
          {entry.account !== undefined && (
            <Code address={entry.account} what={text.account} platform={name} />
          )}
        </div>
      )}
    </li>
  );
}

/** A QR that leads to an address, which stands under it. */
function Code(props: { address: string; what: string; platform: string }): VNode {
  const { address, what, platform } = props;
  const text = useText().directory;
  return (
    <figure class="directory-code">
      <QrCode text={address} label={text.qrName(what, platform)} />
      <figcaption>
        <strong>{what}</strong>
        <span class="label">
          <OriginText origin={new URL(address).origin} />
        </span>
      </figcaption>
    </figure>
  );
}
