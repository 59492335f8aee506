import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Button } from './button.tsx';
import { MatchingNumber } from './matching-number.tsx';
import { QrCode } from './qr-code.tsx';
import { useText } from './text/text-context.ts';

interface EnlargedQrProps {
  readonly content: string;
  readonly label: string;
  readonly matchingNumber: string | undefined;
  readonly onClose: () => void;
}

/** The QR over the whole window, as a modal dialog; Esc and the button return. */
export function EnlargedQr({ content, label, matchingNumber, onClose }: EnlargedQrProps): VNode {
  const text = useText().qr;
  const dialog = useRef<HTMLDialogElement>(null);
  // Closing it by its own method gives the focus back to the button that opened it.
  const close = (): void => dialog.current?.close();
  useEffect(() => {
    dialog.current?.showModal();
    return close;
  }, []);
  return (
    <dialog
      ref={dialog}
      class="enlarged"
      aria-label={text.enlargedName}
      onClose={onClose}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        // Handled here, or Esc would close the toolbar popup as a whole.
        event.preventDefault();
        close();
      }}
    >
      <QrCode text={content} label={label} />
      <div class="enlarged-foot">
        {matchingNumber !== undefined && <MatchingNumber digits={matchingNumber} />}
        <Button onPress={close}>{text.shrink}</Button>
      </div>
    </dialog>
  );
}
