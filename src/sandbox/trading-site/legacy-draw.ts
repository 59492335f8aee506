import { encodeQR } from 'qr';
import { assertNever } from '../../lib/assert-never.ts';
import type { LegacyDrawing } from './legacy-query.ts';

const modulePixels = 4;
const quietZone = 2;

function toCanvas(rows: readonly (readonly boolean[])[]): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = rows.length * modulePixels;
  const context = canvas.getContext('2d');
  if (context === null) return canvas;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = '#000';
  rows.forEach((row, y) => {
    row.forEach((dark, x) => {
      if (dark) context.fillRect(x * modulePixels, y * modulePixels, modulePixels, modulePixels);
    });
  });
  return canvas;
}

function toSvg(rows: readonly (readonly boolean[])[]): SVGSVGElement {
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  const side = String(rows.length * modulePixels);
  svg.setAttribute('width', side);
  svg.setAttribute('height', side);
  svg.setAttribute('viewBox', `0 0 ${rows.length} ${rows.length}`);
  svg.setAttribute('shape-rendering', 'crispEdges');
  const path = document.createElementNS(space, 'path');
  const dark = rows.flatMap((row, y) => row.flatMap((on, x) => (on ? [`M${x} ${y}h1v1h-1z`] : [])));
  path.setAttribute('d', dark.join(''));
  svg.append(path);
  return svg;
}

/** As jquery.qrcode draws it where it finds no canvas. */
function toTable(rows: readonly (readonly boolean[])[]): HTMLTableElement {
  const table = document.createElement('table');
  table.cellPadding = table.cellSpacing = '0';
  table.border = '0';
  table.width = String(rows.length * modulePixels);
  for (const row of rows) {
    const line = table.insertRow();
    for (const dark of row) {
      const cell = line.insertCell();
      cell.width = cell.height = String(modulePixels);
      cell.bgColor = dark ? '#000000' : '#ffffff';
    }
  }
  return table;
}

async function toImage(address: string): Promise<HTMLImageElement> {
  const image = document.createElement('img');
  image.src = address;
  await image.decode().catch(() => undefined);
  return image;
}

function toBackground(rows: readonly (readonly boolean[])[]): HTMLDivElement {
  const box = document.createElement('div');
  const side = `${rows.length * modulePixels}px`;
  box.style.width = box.style.height = side;
  box.style.backgroundImage = `url("${toCanvas(rows).toDataURL()}")`;
  return box;
}

/**
 * The QR of `text`, ready to be put on the page: pictures are loaded.
 * @param picture address of the back end's picture of it, for drawing `server`
 */
export async function drawQr(
  text: string,
  drawing: LegacyDrawing,
  picture: string,
): Promise<HTMLElement | SVGSVGElement> {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: quietZone });
  switch (drawing) {
    case 'canvas':
      return toCanvas(rows);
    case 'img':
      return toImage(toCanvas(rows).toDataURL());
    case 'server':
      return toImage(picture);
    case 'svg':
      return toSvg(rows);
    case 'table':
      return toTable(rows);
    case 'background':
      return toBackground(rows);
    default:
      return assertNever(drawing);
  }
}
