import type { VNode } from 'preact';
import { errorCatalogue } from '../../protocol/errors.ts';
import type { SessionView } from '../../protocol/ui-messages.ts';
import { platformOf, usePlatformName } from './use-platform.ts';
import { useLocale, useText } from './text/text-context.ts';

/** Why a session failed and what to do: cause and remedy of the catalogue, whom to call, what to tell them. */
export function FailureHelp({ session }: { session: SessionView }): VNode {
  const text = useText();
  const locale = useLocale();
  const name = usePlatformName(session);
  const hotline = platformOf(session)?.hotline;
  const code = session.error?.code ?? 'BRIDGE_INTERNAL';
  const { cause, remedy } = errorCatalogue[code].text[locale];
  const failed = session.state === 'failed';
  return (
    <div class="failure">
      <p>{cause}</p>
      <p class="failure-remedy">{remedy}</p>
      {failed && name !== undefined && hotline !== undefined && (
        <p class="failure-hotline">
          {text.platform.hotline(name)}
          <strong>{hotline}</strong>
        </p>
      )}
      {failed && <p class="detail">{text.errorCode(code)}</p>}
    </div>
  );
}
