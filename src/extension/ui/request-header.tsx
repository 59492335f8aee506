import type { Ref, VNode } from 'preact';
import { OriginText } from './origin-text.tsx';
import type { SceneLook } from './scenes/scene-look.ts';
import { useText } from './text/text-context.ts';

/** Who asks, and for what. `headingRef` may receive the focus. */
export function RequestHeader(props: {
  origin: string;
  look: SceneLook;
  headingId: string;
  headingRef: Ref<HTMLHeadingElement>;
}): VNode {
  const text = useText();
  return (
    <header class="request">
      <div class="request-scene">
        <h1 id={props.headingId} ref={props.headingRef} tabIndex={-1}>
          {props.look.name}
        </h1>
        <p class="request-action">{props.look.action}</p>
      </div>
      <p class="request-site">
        <span class="label">{text.site.asks}</span> <OriginText origin={props.origin} />
      </p>
    </header>
  );
}
