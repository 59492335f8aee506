import type { VNode } from 'preact';
import { errorCatalogue } from '../../protocol/errors.ts';
import type { Connection } from './background-client.ts';
import { Glyph } from './glyph.tsx';
import { useLocale, useText } from './text/text-context.ts';

/** Says that the background is out of reach; nothing while it answers. */
export function ConnectionNotice({ connection }: { connection: Connection }): VNode | null {
  const text = useText();
  const locale = useLocale();
  if (connection !== 'notResponding' && connection !== 'reloaded') return null;
  const reloaded = connection === 'reloaded';
  const entry = errorCatalogue[reloaded ? 'BRIDGE_RELOAD_NEEDED' : 'BRIDGE_NOT_RESPONDING'].text[locale];
  return (
    <div class="notice tone-warn" role="alert">
      <Glyph name="warning" />
      <div>
        {!reloaded && <p class="notice-title">{entry.title}</p>}
        <p>{reloaded ? text.extensionReloaded : text.reconnecting}</p>
      </div>
    </div>
  );
}
