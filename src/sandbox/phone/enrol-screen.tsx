import { useState } from 'preact/hooks';
import { PinField } from './pin-field.tsx';
import { Screen } from './screen.tsx';
import type { EnrolmentWishes } from './enrolment.ts';
import type { Texts } from './texts.ts';
import { pinPattern } from './vault.ts';

const companies = [
  '湛江测试建设工程有限公司',
  '粤西示例市政工程有限公司',
  '沙箱模拟科技股份有限公司',
] as const;
const longestName = 60;

export function EnrolScreen({
  texts,
  note,
  onEnrol,
}: {
  texts: Texts;
  note?: string | undefined;
  onEnrol: (wishes: EnrolmentWishes) => Promise<void>;
}) {
  const [company, setCompany] = useState<string>(companies[0]);
  const [ownName, setOwnName] = useState('');
  const [pin, setPin] = useState('');
  const [again, setAgain] = useState('');
  const [withoutEncryption, setWithoutEncryption] = useState(false);
  const [problem, setProblem] = useState('');
  const [working, setWorking] = useState(false);

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (!pinPattern.test(pin)) return setProblem(texts.enrol.pinRule);
    if (pin !== again) return setProblem(texts.enrol.pinsDiffer);
    setProblem('');
    setWorking(true);
    const organisation = ownName.trim() || company;
    await onEnrol({ organisation, pin, withoutEncryption }).finally(() => setWorking(false));
  };

  return (
    <Screen title={texts.enrol.title} kind="enrol">
      <p class="lead">{note ?? texts.enrol.lead}</p>
      <form onSubmit={(event) => void submit(event)}>
        <label class="field">
          {texts.enrol.company}
          <select
            value={company}
            disabled={ownName !== ''}
            onChange={(event) => setCompany(event.currentTarget.value)}
          >
            {companies.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <label class="field">
          {texts.enrol.ownName}
          <input
            type="text"
            maxLength={longestName}
            autocomplete="off"
            value={ownName}
            onInput={(event) => setOwnName(event.currentTarget.value)}
          />
        </label>
        <PinField label={texts.enrol.pin} value={pin} onInput={setPin} />
        <PinField label={texts.enrol.pinAgain} value={again} onInput={setAgain} />
        <label class="option">
          <input
            type="checkbox"
            checked={withoutEncryption}
            onChange={(event) => setWithoutEncryption(event.currentTarget.checked)}
          />
          {texts.enrol.signingOnly}
        </label>
        <p class="problem" role="alert">
          {problem}
        </p>
        <button type="submit" class="button primary" disabled={working}>
          {working ? texts.enrol.working : texts.enrol.submit}
        </button>
      </form>
    </Screen>
  );
}
