import type { ComponentChildren, VNode } from 'preact';
import { useText } from './text/text-context.ts';

const mark = new URL('../../../icons/icon.svg', import.meta.url).href;

/** The product's mark and name, above every page; `children` stand at the end of the line. */
export function BrandHeader({ children }: { children?: ComponentChildren }): VNode {
  return (
    <div class="brand">
      <img src={mark} alt="" width="24" height="24" />
      <span>{useText().product}</span>
      {children}
    </div>
  );
}
