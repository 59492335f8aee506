import { actOf } from './acts.ts';
import { DocumentList } from './document-list.tsx';
import { EncryptionFacts } from './encryption-facts.tsx';
import { Choice, Matching } from './matching.tsx';
import { OriginText } from './origin-text.tsx';
import type { PendingRequest } from './phone-agent.ts';
import { Screen } from './screen.tsx';
import type { Texts } from './texts.ts';
import type { Holder } from './vault.ts';

/** Who asks for what, and the number to compare. */
export function ConfirmScreen({
  texts,
  pending,
  holder,
  secondsLeft,
  working = false,
  note = '',
  onYes,
  onNo,
}: {
  texts: Texts;
  pending: PendingRequest;
  holder: Holder;
  secondsLeft: number | undefined;
  working?: boolean;
  note?: string;
  onYes: () => void;
  onNo: () => void;
}) {
  const { confirm } = texts;
  const scene = texts.scenes[actOf(pending)];
  const isBid = pending.scene === 'encrypt' || pending.scene === 'decrypt';
  return (
    <Screen title={scene.title} kind="confirm">
      <dl class="request">
        <div>
          <dt>{scene.site}</dt>
          <dd class="origin">
            <OriginText texts={texts} origin={pending.origin} />
          </dd>
        </div>
        <div>
          <dt>{confirm.action}</dt>
          <dd>{scene.action}</dd>
        </div>
        <div>
          <dt>{scene.asWhom}</dt>
          <dd>{holder.organisation}</dd>
        </div>
      </dl>
      {isBid && <EncryptionFacts texts={texts} holder={holder} />}
      {pending.scene !== 'login' && <DocumentList texts={texts} documents={pending.documents} />}
      <Matching
        label={confirm.number}
        number={pending.matchingNumber}
        question={confirm.question(pending.matchingNumber)}
      />
      {note !== '' && (
        <p class="problem" role="alert">
          {note}
        </p>
      )}
      <Choice yes={confirm.yes} no={confirm.no} disabled={working} onYes={onYes} onNo={onNo} />
      {secondsLeft !== undefined && <p class="hint">{confirm.secondsLeft(secondsLeft)}</p>}
    </Screen>
  );
}
