import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { Button } from '../ui/button.tsx';
import { Glyph } from '../ui/glyph.tsx';
import { fitsQr } from '../ui/qr-matrix.ts';
import { QrCode } from '../ui/qr-code.tsx';
import { useText } from '../ui/text/text-context.ts';

/** A QR that leads elsewhere: where to, and the code itself only for who asks for this very one. */
export function ForeignQr({ content, host }: { content: string; host: string | undefined }): VNode {
  const text = useText().mirror.foreign;
  const [wanted, setWanted] = useState<string>();
  const isShown = wanted === content;
  return (
    <div class="foreign">
      <p>
        <span class="label">{text.leadsTo}</span>{' '}
        <strong>{host === undefined ? text.noHost : <bdi dir="ltr">{host}</bdi>}</strong>
      </p>
      <p>{text.advice}</p>
      {isShown && (
        <>
          <div class="foreign-qr">
            <QrCode text={content} label={text.qrName} />
          </div>
          <div class="notice tone-bad" role="alert">
            <Glyph name="warning" />
            <p>{text.shownAnyway}</p>
          </div>
        </>
      )}
      {fitsQr(content) && (
        <div class="actions">
          <Button kind="quiet" onPress={() => setWanted(isShown ? undefined : content)}>
            {isShown ? text.hide : text.show}
          </Button>
        </div>
      )}
    </div>
  );
}
