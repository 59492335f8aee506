import { Icon, type IconName } from './phone-icons.tsx';
import { Screen } from './screen.tsx';
import type { Message, Texts } from './texts.ts';

export type Tone = 'good' | 'neutral' | 'bad' | 'danger';

const icons: Readonly<Record<Tone, IconName>> = {
  good: 'good',
  neutral: 'bad',
  bad: 'warning',
  danger: 'warning',
};

export function MessageScreen({
  texts,
  tone,
  message,
  onHome,
}: {
  texts: Texts;
  tone: Tone;
  message: Message;
  onHome: () => void;
}) {
  return (
    <Screen title={message.title} kind={`message ${tone}`}>
      <p class="message-icon">
        <Icon name={icons[tone]} />
      </p>
      <p class="message-body" role="status">
        {message.body}
      </p>
      <button type="button" class="button primary" onClick={onHome}>
        {texts.backHome}
      </button>
    </Screen>
  );
}
