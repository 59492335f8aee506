import { useEffect } from 'preact/hooks';
import { EncryptionFacts } from './encryption-facts.tsx';
import { HeldSeals } from './held-seals.tsx';
import { Icon } from './phone-icons.tsx';
import { Screen } from './screen.tsx';
import type { Texts } from './texts.ts';
import type { Holder } from './vault.ts';

function pastedImage(event: ClipboardEvent): File | undefined {
  return [...(event.clipboardData?.files ?? [])].find(({ type }) => type.startsWith('image/'));
}

export function HomeScreen({
  texts,
  holder,
  reading,
  onCamera,
  onImage,
  onScreen,
  onRenew,
  onEnrolAgain,
}: {
  texts: Texts;
  holder: Holder;
  reading: boolean;
  onCamera: () => void;
  onImage: (image: Blob) => void;
  onScreen: () => void;
  onRenew: () => void;
  onEnrolAgain: () => void;
}) {
  useEffect(() => {
    const paste = (event: ClipboardEvent): void => {
      const image = pastedImage(event);
      if (image !== undefined) onImage(image);
    };
    document.addEventListener('paste', paste);
    return () => document.removeEventListener('paste', paste);
  }, [onImage]);

  return (
    <Screen title={texts.appName} kind="home">
      <section class="card" aria-label={texts.home.certificate}>
        <p class="card-kind">
          <Icon name="shield" />{' '}
          {holder.encryptionCertificate === undefined ? texts.home.signingOnly : texts.home.certificate}
        </p>
        <p class="card-name">{holder.organisation}</p>
        <p class="card-code">{holder.creditCode}</p>
        <dl>
          <div>
            <dt>{texts.home.serial}</dt>
            <dd>{holder.serial}</dd>
          </div>
          <div>
            <dt>{texts.home.validUntil}</dt>
            <dd>{holder.notAfter.slice(0, 10)}</dd>
          </div>
        </dl>
      </section>
      <button type="button" class="scan-button" disabled={reading} onClick={onCamera}>
        <Icon name="scan" />
        {texts.home.scan}
      </button>
      <div class="other-ways">
        <label class="way">
          <Icon name="image" />
          {texts.home.image}
          <input
            type="file"
            accept="image/*"
            disabled={reading}
            onChange={({ currentTarget }) => {
              const [file] = currentTarget.files ?? [];
              if (file !== undefined) onImage(file);
              currentTarget.value = '';
            }}
          />
        </label>
        <button type="button" class="way" disabled={reading} onClick={onScreen}>
          <Icon name="screen" />
          {texts.home.screen}
        </button>
      </div>
      <p class="hint" role="status">
        {reading ? texts.home.reading : texts.home.pasteHint}
      </p>
      <HeldSeals seals={holder.seals} label={texts.home.seals} />
      <EncryptionFacts texts={texts} holder={holder} />
      <div class="home-links">
        <button type="button" class="link" onClick={onRenew}>
          {holder.encryptionCertificate === undefined ? texts.renewal.firstTitle : texts.home.renew}
        </button>
        <button type="button" class="link" onClick={onEnrolAgain}>
          {texts.home.reEnrol}
        </button>
      </div>
    </Screen>
  );
}
