/** Text of the sample over which the seal is proposed. */
export const sampleKeyword = 'SEAL HERE';

const lines = [
  { x: 72, y: 740, size: 22, text: 'CA Bridge self-test' },
  {
    x: 72,
    y: 706,
    size: 12,
    text: 'This page is sealed to find out whether this computer can seal documents.',
  },
  { x: 72, y: 688, size: 12, text: 'It is worth nothing otherwise and goes nowhere.' },
  { x: 330, y: 220, size: 14, text: `( ${sampleKeyword} )` },
];

/** A one-page A4 PDF that says what it is for, and when it was made; ASCII, with a standard font. */
export function samplePdf(madeAt: Date): Blob {
  const made = { x: 72, y: 654, size: 12, text: `Made at ${madeAt.toISOString()}` };
  const content = [...lines, made]
    .map(({ x, y, size, text }) => `BT /F1 ${size} Tf ${x} ${y} Td (${escapeText(text)}) Tj ET\n`)
    .join('');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}endstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
  ];
  return new Blob([assemble(objects)], { type: 'application/pdf' });
}

function escapeText(text: string): string {
  return text.replaceAll(/[\\()]/g, String.raw`\$&`);
}

/** A PDF file of numbered objects (ISO 32000-1 §7.5); all text is ASCII, so characters are bytes. */
function assemble(objects: readonly string[]): string {
  let file = '%PDF-1.7\n';
  const offsets = objects.map((object, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const count = objects.length + 1;
  return `${file}xref\n0 ${count}\n0000000000 65535 f \n${entries}trailer\n<< /Size ${count} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`;
}
