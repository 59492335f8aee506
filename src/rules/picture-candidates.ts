import { leastSide, mostPictures, mostSide } from './search-bounds.ts';

/** Found by the browser itself at next to no cost; other drawings are looked for where words fit. */
const tags = ['img', 'canvas', 'svg'] as const;
/** What a QR that is added may come as. */
export const pictureSelector = `${tags.join()},table,[style*="url("]`;

const qrName = /qr|ewm|erwei|scan|二维码|扫/i;
const otherName =
  /logo|capt|verif|valid|check|rand|yzm|验证码|avatar|face|banner|slide|icon|arrow|success|ok\.|warn|error|\bmap|标[志识]|头像|地图|照片/i;
const otherUse = /wechat|weixin|alipay|\bpay|invoice/i;

/** Pictures within `root`, itself included, that may draw a QR by their markup alone; no layout is asked for. */
export function pictureCandidates(root: Document | ShadowRoot | Element): readonly Element[] {
  const found = tags.flatMap((tag) => [
    // By name is ten times as fast as by selector; a shadow root has it not.
    ...('getElementsByTagName' in root ? root.getElementsByTagName(tag) : root.querySelectorAll(tag)),
  ]);
  if ('matches' in root && root.matches(tags.join())) found.unshift(root as HTMLImageElement);
  return found.filter(mayDrawQr).slice(0, mostPictures);
}

function mayDrawQr(element: Element): boolean {
  const { naturalWidth, naturalHeight } = element as Partial<HTMLImageElement>;
  if (!hasShape(naturalWidth, naturalHeight)) return false;
  const [width, height] = ['width', 'height'].map((name) => Number(element.getAttribute(name)));
  if (element.localName !== 'canvas' && !hasShape(width, height, leastSide)) return false;
  if (element.localName === 'svg' && !hasModules(element)) return false;
  return hasFittingName(element);
}

/** Nothing in its name says that it is another picture. */
export function hasFittingName(element: Element): boolean {
  const names = namesOf(element);
  return !otherUse.test(names) && (!otherName.test(names) || qrName.test(names));
}

/** An icon has a few short paths, a QR a long one or many squares. */
function hasModules(svg: Element): boolean {
  const isLong = (path: Element): boolean => (path.getAttribute('d') ?? '').length > 400;
  return svg.getElementsByTagName('*').item(100) !== null || [...svg.querySelectorAll('path')].some(isLong);
}

/** Has it the size of a QR as it is drawn, where that is known? Asks for layout. */
export function hasQrSize(element: Element): boolean {
  const { width, height } = element.getBoundingClientRect();
  if (width > 0 || height > 0) return hasShape(width, height, leastSide, mostSide);
  const style = element.ownerDocument.defaultView?.getComputedStyle(element);
  const canvas: Partial<HTMLCanvasElement> = element.localName === 'canvas' ? element : {};
  return (
    hasShape(canvas.width, canvas.height) &&
    hasShape(
      Number.parseFloat(style?.width ?? ''),
      Number.parseFloat(style?.height ?? ''),
      leastSide,
      mostSide,
    )
  );
}

/** Square within a fifth; a length that is not known fits. */
function hasShape(width?: number, height?: number, least = 21, most = Infinity): boolean {
  if (!width || !height) return true;
  const [short, long] = width < height ? [width, height] : [height, width];
  return short >= least && long <= most && long <= short * 1.25;
}

/** 0 to 3: how much speaks for a QR rather than another picture. */
export function qrLikeness(element: Element): number {
  const isNamed = qrName.test(`${namesOf(element)} ${namesOf(element.parentElement)}`);
  return Number(element.localName !== 'img') * 2 + Number(isNamed);
}

/** `n` rows of `n` empty cells, or `n`² empty boxes. */
export function isGridOfModules(element: Element): boolean {
  const rows = element.childElementCount;
  const cells = element.firstElementChild?.childElementCount ?? 0;
  const isSquare =
    cells >= 21
      ? Math.abs(cells - rows) < 3
      : cells === 0 && rows >= 441 && Number.isInteger(Math.sqrt(rows));
  return isSquare && (element.textContent ?? '').trim() === '';
}

function namesOf(element: Element | null): string {
  const names = ['id', 'class', 'alt', 'title', 'src'].map(
    (name) => element?.getAttribute(name)?.slice(0, 200).replace(/\?.*/, '') ?? '',
  );
  return names.filter((name) => !name.startsWith('data:')).join(' ');
}
