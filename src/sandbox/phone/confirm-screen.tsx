import { OriginText } from './origin-text.tsx';
import type { PendingLogin } from './phone-agent.ts';
import { Screen } from './screen.tsx';
import type { Texts } from './texts.ts';
import type { Holder } from './vault.ts';

export function ConfirmScreen({
  texts,
  pending,
  holder,
  secondsLeft,
  onYes,
  onNo,
}: {
  texts: Texts;
  pending: PendingLogin;
  holder: Holder;
  secondsLeft: number | undefined;
  onYes: () => void;
  onNo: () => void;
}) {
  const { confirm } = texts;
  return (
    <Screen title={confirm.title} kind="confirm">
      <dl class="request">
        <div>
          <dt>{confirm.site}</dt>
          <dd class="origin">
            <OriginText origin={pending.origin} />
          </dd>
        </div>
        <div>
          <dt>{confirm.action}</dt>
          <dd>{confirm.login}</dd>
        </div>
        <div>
          <dt>{confirm.asWhom}</dt>
          <dd>{holder.organisation}</dd>
        </div>
      </dl>
      <section class="matching" aria-label={confirm.number}>
        <p class="number">{pending.matchingNumber}</p>
        <p class="question">{confirm.question(pending.matchingNumber)}</p>
      </section>
      <div class="choice">
        <button type="button" class="button primary" onClick={onYes}>
          {confirm.yes}
        </button>
        <button type="button" class="button danger" onClick={onNo}>
          {confirm.no}
        </button>
      </div>
      {secondsLeft !== undefined && <p class="hint">{confirm.secondsLeft(secondsLeft)}</p>}
    </Screen>
  );
}
