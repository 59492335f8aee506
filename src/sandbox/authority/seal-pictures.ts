import { createHash } from 'node:crypto';
import { PNG } from 'pngjs';

/** PNG files with a transparent ground. */
export interface SealPictures {
  readonly company: Uint8Array;
  readonly legalPerson: Uint8Array;
}

/** Millimetres, as such seals are cut. */
export const sealSizes = { company: 42, legalPerson: 18 } as const;

/** True where ink is, at millimetres from the picture's middle, y downwards. */
type Ink = (x: number, y: number) => boolean;

const pixelsPerMm = 300 / 25.4;
const red = [0xc8, 0x10, 0x24] as const;
const samples = [0.25, 0.75] as const;

function draw(sizeMm: number, ink: Ink): Uint8Array {
  const pixels = Math.round(sizeMm * pixelsPerMm);
  const png = new PNG({ width: pixels, height: pixels });
  const toMm = (pixel: number): number => (pixel / pixels - 0.5) * sizeMm;
  for (let row = 0; row < pixels; row += 1) {
    for (let column = 0; column < pixels; column += 1) {
      let covered = 0;
      for (const right of samples) {
        for (const down of samples) if (ink(toMm(column + right), toMm(row + down))) covered += 1;
      }
      png.data.set([...red, Math.round((covered / 4) * 255)], (row * pixels + column) * 4);
    }
  }
  return PNG.sync.write(png);
}

/** A sign of 4 by 4 fields that stands for a character: no font is at hand here. */
function signOf(character: string): (u: number, v: number) => boolean {
  const bits = createHash('sha256').update(character, 'utf8').digest().readUInt16BE(0);
  return (u, v) => {
    const inside = u >= 0 && u < 1 && v >= 0 && v < 1;
    return inside && ((bits >> (Math.floor(v * 4) * 4 + Math.floor(u * 4))) & 1) === 1;
  };
}

const letters: Readonly<Record<string, readonly string[]>> = {
  T: ['#####', '..#..', '..#..', '..#..', '..#..', '..#..', '..#..'],
  E: ['#####', '#....', '#....', '####.', '#....', '#....', '#####'],
  S: ['.####', '#....', '#....', '.###.', '....#', '....#', '####.'],
};

/** "TEST" with its middle at (0, y), letters `height` high. */
function testLetters(middle: number, height: number): Ink {
  const dot = height / 7;
  const left = -11.5 * dot;
  return (x, y) => {
    const column = Math.floor((x - left) / dot);
    const row = Math.floor((y - middle) / dot + 3.5);
    const letter = letters['TEST'.charAt(Math.floor(column / 6))];
    return letter?.[row]?.[column % 6] === '#';
  };
}

/** A five-pointed star around the middle. */
function star(radius: number): Ink {
  const inner = Math.cos((2 * Math.PI) / 5) / Math.cos(Math.PI / 5);
  return (x, y) => {
    const distance = Math.hypot(x, y);
    const turn = Math.abs((((Math.atan2(x, -y) / (2 * Math.PI)) * 5 + 5.5) % 1) - 0.5) * 2;
    // The edge from a point of the star (turn 0) to the notch beside it (turn 1), a straight line in the plane.
    const angle = (turn * Math.PI) / 5;
    const [notchX, notchY] = [inner * Math.sin(Math.PI / 5), inner * Math.cos(Math.PI / 5)];
    const edge = notchX / (Math.sin(angle) * (1 - notchY) + Math.cos(angle) * notchX);
    return distance <= radius * edge;
  };
}

/** The name along the upper arc, as on a company's seal. */
function nameArc(name: string, radius: number, height: number): Ink {
  const signs = [...name].map(signOf);
  const sweep = Math.min(260, 22 * signs.length);
  return (x, y) => {
    const outwards = (radius - Math.hypot(x, y)) / height;
    const degrees = (Math.atan2(x, -y) * 180) / Math.PI;
    const place = ((degrees + sweep / 2) / sweep) * signs.length;
    return signs[Math.floor(place)]?.((place % 1) * 1.3 - 0.15, outwards) ?? false;
  };
}

function companySeal(name: string): Ink {
  const half = sealSizes.company / 2;
  const parts: Ink[] = [
    (x, y) => Math.abs(Math.hypot(x, y) - (half - 0.8)) <= 0.6,
    star(6.5),
    nameArc(name, half - 2.6, 4.4),
    testLetters(11.5, 3.2),
  ];
  return (x, y) => parts.some((part) => part(x, y));
}

function legalPersonSeal(name: string): Ink {
  const half = sealSizes.legalPerson / 2;
  const signs = [...name].slice(0, 4).map(signOf);
  const letterRow = testLetters(5.2, 2.4);
  return (x, y) => {
    const edge = Math.max(Math.abs(x), Math.abs(y));
    if (edge <= half - 0.4 && edge >= half - 1.3) return true;
    const [u, v] = [(x + 6.4) / 6.6, (y + 6.4) / 5];
    const sign = signs[Math.floor(v) * 2 + Math.floor(u)];
    const inside = u >= 0 && u < 2 && v >= 0 && v < 2;
    return letterRow(x, y) || (inside && (sign?.((u % 1) * 1.2 - 0.1, (v % 1) * 1.2 - 0.1) ?? false));
  };
}

/** Seals of nobody: a ring with star and a square, in signs made from the name, each with TEST in it. */
export function drawSealPictures(organisation: string): SealPictures {
  if (drawn?.organisation !== organisation) {
    drawn = {
      organisation,
      company: draw(sealSizes.company, companySeal(organisation)),
      legalPerson: draw(sealSizes.legalPerson, legalPersonSeal(organisation)),
    };
  }
  return drawn;
}

/** Drawing takes long, and tests enrol one company many times. */
let drawn: (SealPictures & { readonly organisation: string }) | undefined;
