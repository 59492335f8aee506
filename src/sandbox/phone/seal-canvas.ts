import { fromBase64 } from '../../lib/bytes.ts';

/** PNG files with a transparent ground. */
export interface DrawnSeals {
  readonly company: Uint8Array;
  readonly legalPerson: Uint8Array;
}

const pixelsPerMm = 300 / 25.4;
const red = '#c81024';
const serif = '"Songti SC", SimSun, "Noto Serif CJK SC", "Noto Sans CJK SC", serif';

/** A canvas whose unit is one millimetre and whose origin is its middle. */
function canvasOf(
  sizeMm: number,
): { canvas: HTMLCanvasElement; context: CanvasRenderingContext2D } | undefined {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = Math.round(sizeMm * pixelsPerMm);
  const context = canvas.getContext('2d');
  if (context === null) return undefined;
  context.scale(canvas.width / sizeMm, canvas.height / sizeMm);
  context.translate(sizeMm / 2, sizeMm / 2);
  context.fillStyle = context.strokeStyle = red;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  return { canvas, context };
}

function drawStar(context: CanvasRenderingContext2D, radius: number): void {
  const inner = radius * 0.382;
  context.beginPath();
  for (let corner = 0; corner < 10; corner += 1) {
    const angle = (corner * Math.PI) / 5;
    const length = corner % 2 === 0 ? radius : inner;
    context.lineTo(length * Math.sin(angle), -length * Math.cos(angle));
  }
  context.fill();
}

/** The characters along the upper arc, each upright to the ring and narrower than high, as such seals have them. */
function drawArc(context: CanvasRenderingContext2D, text: string, radius: number): void {
  const characters = [...text];
  const step = Math.min(24, 270 / characters.length);
  const width = Math.min(5, (step * Math.PI * radius) / 180);
  context.font = `700 5px ${serif}`;
  for (const [index, character] of characters.entries()) {
    context.save();
    context.rotate(((index - (characters.length - 1) / 2) * step * Math.PI) / 180);
    context.translate(0, -radius);
    context.scale(width / 5.6, 1.1);
    context.fillText(character, 0, 0);
    context.restore();
  }
}

/** Round, 42 mm: ring, star, the company's name, and that it is a test. */
function drawCompanySeal(organisation: string): HTMLCanvasElement | undefined {
  const drawing = canvasOf(42);
  if (drawing === undefined) return undefined;
  const { canvas, context } = drawing;
  context.lineWidth = 1.2;
  context.beginPath();
  context.arc(0, 0, 20.2, 0, 2 * Math.PI);
  context.stroke();
  drawStar(context, 6.5);
  drawArc(context, organisation, 16);
  context.font = `700 3.6px ${serif}`;
  context.fillText('测试 TEST', 0, 12.2, 20);
  return canvas;
}

/** Square, 18 mm, read from the right: nobody's name. */
function drawLegalPersonSeal(): HTMLCanvasElement | undefined {
  const drawing = canvasOf(18);
  if (drawing === undefined) return undefined;
  const { canvas, context } = drawing;
  context.lineWidth = 0.9;
  context.strokeRect(-8.4, -8.4, 16.8, 16.8);
  context.font = `700 6.2px ${serif}`;
  for (const [index, character] of ['测', '试', '之', '印'].entries()) {
    context.fillText(character, index < 2 ? 3.6 : -3.6, index % 2 === 0 ? -4.2 : 2);
  }
  context.font = `700 2.6px ${serif}`;
  context.fillText('TEST', 0, 6.6);
  return canvas;
}

function pngOf(canvas: HTMLCanvasElement): Uint8Array {
  return fromBase64(canvas.toDataURL('image/png').replace(/^[^,]*,/, ''));
}

/** Seals of a test company; undefined where the browser gives no canvas. */
export function drawSeals(organisation: string): DrawnSeals | undefined {
  const company = drawCompanySeal(organisation);
  const legalPerson = drawLegalPersonSeal();
  if (company === undefined || legalPerson === undefined) return undefined;
  return { company: pngOf(company), legalPerson: pngOf(legalPerson) };
}
