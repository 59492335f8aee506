import { Fragment, type VNode } from 'preact';

/**
 * An origin in full, its host emphasised. The browser's own spelling is kept: a host outside ASCII shows as
 * punycode, so that look-alike letters cannot pass for others.
 */
export function OriginText({ origin }: { origin: string }): VNode {
  const [, scheme = '', host = origin, port = ''] = /^(https?:\/\/)([^/:]+)(:\d+)?$/.exec(origin) ?? [];
  return (
    <bdi class="origin" dir="ltr">
      <span>{scheme}</span>
      <strong>
        {host.split('.').map((label, index) => (
          <Fragment key={index}>
            {index > 0 && '.'}
            {index > 0 && <wbr />}
            {label}
          </Fragment>
        ))}
      </strong>
      <span>{port}</span>
    </bdi>
  );
}
