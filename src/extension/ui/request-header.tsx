import type { Ref, VNode } from 'preact';
import type { SessionView } from '../../protocol/ui-messages.ts';
import { OriginText } from './origin-text.tsx';
import { useText } from './text/text-context.ts';

/** Who asks, and for what. `headingRef` may receive the focus. */
export function RequestHeader(props: {
  session: SessionView;
  headingId: string;
  headingRef: Ref<HTMLHeadingElement>;
}): VNode {
  const text = useText();
  const scene = text.scenes[props.session.scene];
  return (
    <header class="request">
      <div class="request-scene">
        <h1 id={props.headingId} ref={props.headingRef} tabIndex={-1}>
          {scene.name}
        </h1>
        <p class="request-action">{scene.action}</p>
      </div>
      <p class="request-site">
        <span class="label">{text.site.asks}</span> <OriginText origin={props.session.origin} />
      </p>
    </header>
  );
}
