import type { AskedDocument } from './request-binding.ts';
import type { Texts } from './texts.ts';

/** Bytes in figures that people compare: `1,048,576 字节（1.0 MB）`. */
function sizeText(size: number, { bytes }: Texts['documents']): string {
  const exact = bytes(size.toLocaleString('en'));
  if (size < 1_024) return exact;
  const [value, unit] = size < 1_048_576 ? [size / 1_024, 'KB'] : [size / 1_048_576, 'MB'];
  return `${exact} · ${value.toFixed(1)} ${unit}`;
}

/** What is to be signed, with its digest in groups of eight as the computer's window has it too. */
export function DocumentList({ texts, documents }: { texts: Texts; documents: readonly AskedDocument[] }) {
  return (
    <section class="documents" aria-label={texts.documents.title(documents.length)}>
      <h2>{texts.documents.title(documents.length)}</h2>
      <ol>
        {documents.map(({ name, size, sm3 }, index) => (
          <li key={index}>
            <p class="document-name">{name}</p>
            <p class="document-size">{sizeText(size, texts.documents)}</p>
            <p class="document-digest" aria-label={`SM3 ${sm3}`}>
              <span aria-hidden="true">SM3</span>
              <code aria-hidden="true">{sm3.replaceAll(/.{8}(?=.)/g, '$& ')}</code>
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}
