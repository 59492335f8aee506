import { HeldSeals } from './held-seals.tsx';
import { Choice, Matching } from './matching.tsx';
import { OriginText } from './origin-text.tsx';
import type { PendingSigning } from './phone-agent.ts';
import { Icon } from './phone-icons.tsx';
import { Screen } from './screen.tsx';
import type { Texts } from './texts.ts';
import type { Holder } from './vault.ts';

/** While the user chooses on the computer. */
export function SigningWaitScreen({
  texts,
  pending,
  holder,
  onRefuse,
}: {
  texts: Texts;
  pending: PendingSigning;
  holder: Holder;
  onRefuse: () => void;
}) {
  const { signing } = texts;
  const choosesSeal = pending.scene === 'signature';
  return (
    <Screen title={signing.waitTitle} kind="signing-wait">
      <p class="computer">
        <Icon name="screen" />
      </p>
      <p class="wait-body" role="status">
        {choosesSeal ? signing.waitForSeal : signing.wait}
      </p>
      {choosesSeal && <HeldSeals seals={holder.seals} label={signing.offeredSeals} />}
      <button type="button" class="link" onClick={onRefuse}>
        {texts.scenes[pending.scene].back}
      </button>
    </Screen>
  );
}

/** The number of exactly what is about to be signed. */
export function SigningNumberScreen({
  texts,
  pending,
  number,
  secondsLeft,
  onYes,
  onNo,
}: {
  texts: Texts;
  pending: PendingSigning;
  number: string;
  secondsLeft: number | undefined;
  onYes: () => void;
  onNo: () => void;
}) {
  const { signing, confirm } = texts;
  return (
    <Screen title={signing.compareTitle} kind="confirm">
      <dl class="request">
        <div>
          <dt>{texts.scenes[pending.scene].site}</dt>
          <dd class="origin">
            <OriginText texts={texts} origin={pending.origin} />
          </dd>
        </div>
        <div>
          <dt>{texts.documents.title(pending.documents.length)}</dt>
          <dd>{pending.documents.map(({ name }) => name).join(signing.listSeparator)}</dd>
        </div>
      </dl>
      <Matching label={signing.number} number={number} question={signing.question(number)} />
      <Choice yes={confirm.yes} no={confirm.no} onYes={onYes} onNo={onNo} />
      {secondsLeft !== undefined && <p class="hint">{confirm.secondsLeft(secondsLeft)}</p>}
    </Screen>
  );
}
