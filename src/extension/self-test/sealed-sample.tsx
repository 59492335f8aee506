import type { VNode } from 'preact';
import type { SignedDocuments } from '../../protocol/documents.ts';
import { DocumentView } from '../documents/document-view.tsx';
import { usePdf } from '../documents/use-pdf.ts';
import { Button } from '../ui/button.tsx';
import { useText } from '../ui/text/text-context.ts';

/** The sealed page, to look at and to keep. */
export function SealedSample({ sealed }: { sealed: SignedDocuments['outputs'][number] }): VNode {
  const text = useText().selfTest;
  const { blob } = sealed;
  const pdf = usePdf(blob);
  return (
    <section class="card">
      <h2>{text.preview}</h2>
      <DocumentView blob={blob} pdf={pdf} />
      {blob instanceof Blob && <Button onPress={() => download(blob, text.fileName)}>{text.download}</Button>}
    </section>
  );
}

function download(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The browser has taken the bytes over by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
