import type { VNode } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { Button } from '../ui/button.tsx';
import { OriginText } from '../ui/origin-text.tsx';
import { useText } from '../ui/text/text-context.ts';

interface ConfirmedLinkProps {
  /** An https address. */
  readonly address: string;
  readonly what: string;
  readonly platform: string;
}

/** A link that opens only after its host was shown in full and confirmed by a second press. */
export function ConfirmedLink({ address, what, platform }: ConfirmedLinkProps): VNode {
  const { directory, cancel } = useText();
  const text = directory.open;
  const regionId = useId();
  const link = useRef<HTMLAnchorElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const [isAsking, setIsAsking] = useState(false);
  useEffect(() => {
    if (isAsking) link.current?.focus();
  }, [isAsking]);
  const close = (): void => {
    setIsAsking(false);
    opener.current?.focus();
  };
  const { origin, pathname, search, hash } = new URL(address);
  return (
    <div class="confirmed-link">
      <button
        ref={opener}
        type="button"
        class="button"
        aria-label={text.of(what, platform)}
        aria-expanded={isAsking}
        aria-controls={regionId}
        onClick={() => setIsAsking(!isAsking)}
      >
        {what}
      </button>
      <div
        id={regionId}
        class="confirm"
        hidden={!isAsking}
        onKeyDown={(event) => {
          if (event.key === 'Escape') close();
        }}
      >
        {isAsking && (
          <>
            <p>
              <span class="label">{text.leadsTo}</span> <OriginText origin={origin} />
              <span class="label">{`${pathname}${search}${hash}`}</span>
            </p>
            <p class="muted">{text.check}</p>
            <div class="actions">
              <a
                ref={link}
                class="button button-primary"
                href={address}
                target="_blank"
                rel="noopener noreferrer"
                onClick={() => setIsAsking(false)}
              >
                {text.confirm}
              </a>
              <Button onPress={close}>{cancel}</Button>
            </div>
          </>
        )}
      </div>
    </div>
  );
}
