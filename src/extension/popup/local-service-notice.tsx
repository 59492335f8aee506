import { Fragment, type VNode } from 'preact';
import type { LocalServiceUse } from '../../protocol/mirror-view.ts';
import { Glyph } from '../ui/glyph.tsx';
import { OriginText } from '../ui/origin-text.tsx';
import { useText } from '../ui/text/text-context.ts';

/** Which pages reach a vendor's local service through the bridge right now; nothing while none does. */
export function LocalServiceNotice({ uses }: { uses: readonly LocalServiceUse[] }): VNode | null {
  const text = useText().mirror.popup;
  if (uses.length === 0) return null;
  return (
    <div class="notice tone-act local-service" role="status">
      <Glyph name="key" />
      <div>
        <p class="notice-title">{text.localService}</p>
        {uses.map(({ origin, tabId, addresses }) => (
          <Fragment key={`${tabId} ${origin}`}>
            <p>
              <OriginText origin={origin} />
            </p>
            <p class="muted">{text.localServiceNext(addresses.join(', '))}</p>
          </Fragment>
        ))}
      </div>
    </div>
  );
}
