import type { Ref, VNode } from 'preact';
import type { MirrorView } from '../../protocol/mirror-view.ts';
import { OriginText } from '../ui/origin-text.tsx';
import { useText } from '../ui/text/text-context.ts';
import type { MirrorLook } from './mirror-look.ts';

interface MirrorHeaderProps {
  readonly mirror: MirrorView;
  readonly look: MirrorLook;
  readonly headingId: string;
  /** May receive the focus. */
  readonly headingRef: Ref<HTMLHeadingElement>;
}

/** Whose page shows the prompt, and what for; the frame too where it is of another site. */
export function MirrorHeader({ mirror, look, headingId, headingRef }: MirrorHeaderProps): VNode {
  const text = useText().mirror;
  const { origin, topOrigin } = mirror;
  return (
    <header class="request">
      <div class="request-scene">
        <h1 id={headingId} ref={headingRef} tabIndex={-1}>
          {look.name}
        </h1>
        {look.action !== '' && <p class="request-action">{look.action}</p>}
      </div>
      <p class="request-site">
        <span class="label">{text.page}</span> <OriginText origin={topOrigin} />
        {origin !== topOrigin && (
          <>
            <span class="label">{text.frame}</span> <OriginText origin={origin} />
          </>
        )}
      </p>
    </header>
  );
}
