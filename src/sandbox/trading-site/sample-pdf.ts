/**
 * A sound PDF of `pages` A4 pages for trying seals, with `SEAL HERE` on the last one. Latin text only: a Chinese font
 * would have to be embedded.
 */
export function samplePdf(title: string, pages: number): Uint8Array<ArrayBuffer> {
  const objects: string[] = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Count ${pages} /Kids [${Array.from({ length: pages }, (_, n) => `${4 + 2 * n} 0 R`).join(' ')}] >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  for (let page = 1; page <= pages; page += 1) {
    const lines = [`${title} - page ${page} of ${pages}`, 'Sandbox test document. Not a real bid.'];
    const seal = page === pages ? 'BT /F1 12 Tf 360 180 Td (SEAL HERE) Tj ET' : '';
    const [first, second] = lines;
    const content = `BT /F1 18 Tf 72 740 Td (${first}) Tj 0 -28 Td /F1 11 Tf (${second}) Tj ET ${seal}`;
    objects.push(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${3 + 2 * page} 0 R >>`,
      `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    );
  }
  let text = '%PDF-1.7\n';
  const offsets: number[] = [];
  for (const [index, object] of objects.entries()) {
    offsets.push(text.length);
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
  }
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const count = objects.length + 1;
  text += `xref\n0 ${count}\n0000000000 65535 f \n${rows}`;
  text += `trailer\n<< /Size ${count} /Root 1 0 R >>\nstartxref\n${text.lastIndexOf('xref\n0')}\n%%EOF\n`;
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
