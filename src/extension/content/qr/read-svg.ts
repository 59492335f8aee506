import type { ObservedQr } from '../../../protocol/observed-prompts.ts';
import { drawnSide, mostShapes, notDrawn, readPicture, type DrawContext } from './read-picture.ts';

const kinds = 'rect,path,circle,polygon,use';
const unpainted = 'defs,symbol,clipPath,mask,pattern';

interface Look {
  readonly fill: string;
  readonly stroke: string;
  readonly strokeWidth: string;
}

/** Reads an inline SVG by drawing its shapes anew: at once, as large as wanted, and without loading anything. */
export function readSvg(svg: SVGSVGElement): ObservedQr {
  const { left, top, width, height } = svg.getBoundingClientRect();
  const shapes = svg.querySelectorAll<SVGGraphicsElement>(kinds);
  if (shapes.length > mostShapes) return notDrawn;
  const draw = shapeDrawer();
  return readPicture({ width, height, side: drawnSide, enlarge: true }, (context, scale) => {
    for (const shape of shapes) {
      const matrix = shape.parentElement?.closest(unpainted) === null ? shape.getScreenCTM() : null;
      if (matrix === null) continue;
      const { a, b, c, d, e, f } = matrix;
      context.setTransform(a * scale, b * scale, c * scale, d * scale, (e - left) * scale, (f - top) * scale);
      draw(context, shape);
    }
  });
}

/** Thousands of modules share a few looks: the browser is asked once for each. */
function shapeDrawer(): (context: DrawContext, shape: SVGElement) => void {
  const looks = new Map<string, Look>();
  const used = new Map<string, SVGElement | null | undefined>();
  let parents = 0;
  let parent: Element | null = null;

  function lookOf(shape: SVGElement): Look {
    if (shape.parentElement !== parent) {
      parent = shape.parentElement;
      parents += 1;
    }
    const own = ['fill', 'stroke', 'class', 'style'].map((name) => shape.getAttribute(name)).join('|');
    const key = `${parents}|${shape.localName}|${own}`;
    let look = looks.get(key);
    if (look === undefined) {
      const { fill, stroke, strokeWidth } = getComputedStyle(shape);
      looks.set(key, (look = { fill, stroke, strokeWidth }));
    }
    return look;
  }

  /** One module that is drawn again and again. */
  function targetOf({ href, ownerSVGElement }: SVGUseElement): SVGElement | null | undefined {
    const id = href.baseVal;
    if (!used.has(id)) used.set(id, ownerSVGElement?.querySelector(`[id="${CSS.escape(id.slice(1))}"]`));
    return used.get(id);
  }

  return function draw(context, shape) {
    if (shape instanceof SVGUseElement) {
      const target = targetOf(shape);
      context.translate(shape.x.baseVal.value, shape.y.baseVal.value);
      if (target && !(target instanceof SVGUseElement)) draw(context, target);
    } else {
      paint(context, pathOf(shape), lookOf(shape), shape.getAttribute('fill-rule') === 'evenodd');
    }
  };
}

function paint(
  context: DrawContext,
  path: Path2D,
  { fill, stroke, strokeWidth }: Look,
  isEvenOdd: boolean,
): void {
  if (fill !== 'none') {
    context.fillStyle = fill;
    context.fill(path, isEvenOdd ? 'evenodd' : 'nonzero');
  }
  if (stroke === 'none') return;
  context.strokeStyle = stroke;
  context.lineWidth = Number.parseFloat(strokeWidth);
  context.stroke(path);
}

function pathOf(shape: SVGElement): Path2D {
  if (shape instanceof SVGPathElement) return new Path2D(shape.getAttribute('d') ?? '');
  if (shape instanceof SVGPolygonElement) return new Path2D(`M${shape.getAttribute('points') ?? ''}Z`);
  const path = new Path2D();
  if (shape instanceof SVGRectElement) {
    const { x, y, width, height } = shape;
    path.rect(x.baseVal.value, y.baseVal.value, width.baseVal.value, height.baseVal.value);
  } else if (shape instanceof SVGCircleElement) {
    path.arc(shape.cx.baseVal.value, shape.cy.baseVal.value, shape.r.baseVal.value, 0, 2 * Math.PI);
  }
  return path;
}
