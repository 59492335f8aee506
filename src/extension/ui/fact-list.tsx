import type { ComponentChildren, VNode } from 'preact';

/** A name and what it is; nothing where that is unknown. */
export type Fact = readonly [name: string, value: ComponentChildren];

/** Facts in two columns. */
export function FactList({ facts }: { facts: readonly Fact[] }): VNode {
  return (
    <dl class="facts">
      {facts
        .filter(([, value]) => value !== undefined && value !== '')
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
