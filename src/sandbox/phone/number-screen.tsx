import { Choice, Matching } from './matching.tsx';
import { OriginText } from './origin-text.tsx';
import { Screen } from './screen.tsx';
import type { Texts } from './texts.ts';

/** The number of exactly what is about to be signed or opened. */
export function NumberScreen({
  texts,
  site,
  origin,
  names,
  label,
  number,
  secondsLeft,
  onYes,
  onNo,
}: {
  texts: Texts;
  site: string;
  origin: string;
  /** Of the documents that it is about. */
  names: readonly string[];
  label: string;
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
          <dt>{site}</dt>
          <dd class="origin">
            <OriginText texts={texts} origin={origin} />
          </dd>
        </div>
        <div>
          <dt>{texts.documents.title(names.length)}</dt>
          <dd>{names.join(signing.listSeparator)}</dd>
        </div>
      </dl>
      <Matching label={label} number={number} question={signing.question(number)} />
      <Choice yes={confirm.yes} no={confirm.no} onYes={onYes} onNo={onNo} />
      {secondsLeft !== undefined && <p class="hint">{confirm.secondsLeft(secondsLeft)}</p>}
    </Screen>
  );
}
