// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { pageLimits } from '../../../../../src/protocol/page-limits.ts';
import { detectorBench, drawn, make, pixels, storedRules, type DetectorBench } from './detector-bench.ts';

let bench: DetectorBench;
const begin = async (changes: Parameters<typeof detectorBench>[0] = {}) => {
  bench = detectorBench(changes);
  await bench.detector.learn();
  await bench.time.pass(10);
};
const prompts = () => [...bench.shown().values()];
const dialog = (rule = 'login') => make(`<div class="dialog">CA<img data-qr="${rule}"></div>`);
let isHidden = false;

beforeEach(() => {
  document.body.innerHTML = '';
  isHidden = false;
  vi.spyOn(document, 'hidden', 'get').mockImplementation(() => isHidden);
});
afterEach(() => {
  bench.detector.leave();
  vi.restoreAllMocks();
});

describe('a page without a prompt', () => {
  it('opens no port, and leaves nothing waiting', async () => {
    document.body.append(make('<p>通知公告</p>'));
    await begin();
    document.body.append(make('<p>中标公告</p>'));
    await bench.time.pass(1_000);
    expect(bench.ports).toEqual([]);
    expect(bench.time.waiting).toBe(0);
  });
});

describe('finds', () => {
  it('what is there at the beginning', async () => {
    document.body.append(dialog());
    await begin();
    expect(prompts()).toEqual([
      {
        id: 'p1',
        rule: 'login',
        kind: 'qr',
        scene: 'login',
        confidence: 0.9,
        words: 'CA',
        expired: false,
        qr: drawn,
      },
    ]);
  });

  it('a late dialog within 100 ms', async () => {
    await begin();
    await bench.time.pass(1_000);
    document.body.append(dialog());
    await bench.time.pass(100);
    expect(prompts()).toHaveLength(1);
  });

  it('a late dialog within 100 ms while the page changes with every frame', async () => {
    const ticker = make('<p></p>');
    document.body.append(ticker);
    await begin();
    const frames = async (count: number) => {
      for (let frame = 0; frame < count; frame += 1) {
        ticker.textContent = `第${frame}条`;
        await bench.time.pass(16);
      }
    };
    await frames(20);
    document.body.append(dialog());
    await frames(6);
    expect(prompts()).toHaveLength(1);
  });

  it('a tab that is shown by a class alone', async () => {
    const tab = make('<div hidden>CA<img data-qr="login"></div>');
    document.body.append(tab);
    await begin();
    expect(prompts()).toEqual([]);
    tab.removeAttribute('hidden');
    await bench.time.pass(100);
    expect(prompts()).toHaveLength(1);
  });

  it('what fades in after it was added', async () => {
    await begin();
    const late = make('<div hidden>CA<img data-qr="login"></div>');
    document.body.append(late);
    await bench.time.pass(100);
    // As the end of an animation would, without a change that is observed.
    const find = vi.spyOn(late, 'closest');
    for (const inner of late.querySelectorAll('*')) vi.spyOn(inner, 'closest').mockReturnValue(null);
    await bench.time.pass(500);
    expect(prompts()).toHaveLength(1);
    find.mockRestore();
  });

  it('a picture when it is loaded', async () => {
    const picture = dialog();
    const qr = picture.querySelector('img') as Element;
    await begin();
    bench.qrs.set(qr, { type: 'unreadable', why: 'notDrawn' });
    document.body.append(picture);
    await bench.time.pass(4_000);
    bench.qrs.set(qr, drawn);
    qr.dispatchEvent(new Event('load'));
    await bench.time.pass(100);
    expect(prompts()).toMatchObject([{ qr: drawn }]);
  });

  it('a canvas that is drawn after it was added, within 100 ms', async () => {
    const late = make('<div>CA<canvas data-qr="login"></canvas></div>');
    await begin();
    bench.qrs.set(late.children[0] as Element, { type: 'unreadable', why: 'notDrawn' });
    document.body.append(late);
    await bench.time.pass(30);
    expect(bench.ports).toEqual([]);
    bench.qrs.set(late.children[0] as Element, drawn);
    await bench.time.pass(100);
    expect(prompts()).toMatchObject([{ qr: drawn }]);
  });

  it('a background that takes a while to read', async () => {
    const late = dialog();
    let answer: (qr: typeof drawn) => void = () => undefined;
    await begin();
    bench.qrs.set(late.children[0] as Element, new Promise((resolve) => (answer = resolve)));
    document.body.append(late);
    await bench.time.pass(100);
    expect(bench.ports).toEqual([]);
    answer(drawn);
    await bench.time.pass(0);
    expect(prompts()).toHaveLength(1);
  });

  it('words without a QR', async () => {
    await begin();
    document.body.append(make('<div><b data-words>请插入CA锁</b></div>'));
    await bench.time.pass(100);
    expect(prompts()).toMatchObject([{ kind: 'keyWanted' }]);
    expect(prompts()[0]?.qr).toBeUndefined();
  });

  it('what is in an open shadow root that was there before', async () => {
    const host = make('<section></section>');
    host.attachShadow({ mode: 'open' }).append(dialog());
    document.body.append(host);
    await begin();
    expect(prompts()).toHaveLength(1);
  });

  it('what comes late into a late shadow root within another', async () => {
    await begin();
    const [outer, inner] = [make('<x-app></x-app>'), make('<x-login></x-login>')];
    outer.attachShadow({ mode: 'open' }).append(inner);
    const root = inner.attachShadow({ mode: 'open' });
    document.body.append(outer);
    await bench.time.pass(100);
    root.append(dialog());
    await bench.time.pass(100);
    expect(prompts()).toHaveLength(1);
  });

  it('what a storm of nodes brings', async () => {
    await begin();
    for (let count = 0; count < 5_000; count += 1) document.body.append(make('<i></i>'));
    document.body.append(dialog());
    await bench.time.pass(200);
    expect(prompts()).toHaveLength(1);
    expect(bench.searches.checks).toBeLessThanOrEqual(301);
  });
});

describe('tells of what changes', () => {
  let place: Element;
  let qr: Element;
  beforeEach(async () => {
    place = make('<div class="dialog">CA<canvas data-qr="login"></canvas></div>');
    [qr] = place.children as unknown as [Element];
    document.body.append(place);
    await begin();
  });

  it('another QR on the same canvas, within the slow pace, under the same id', async () => {
    bench.qrs.set(qr, pixels('B'));
    await bench.time.pass(1_100);
    expect(prompts()).toMatchObject([{ id: 'p1', qr: pixels('B') }]);
  });

  it('the next QR’s own element, under the same id', async () => {
    qr.replaceWith(make('<img data-qr="login">'));
    await bench.time.pass(100);
    expect(prompts()).toMatchObject([{ id: 'p1' }]);
    expect(bench.told().filter(({ type }) => type === 'gone')).toEqual([]);
  });

  it('the whole prompt made anew, under the same id', async () => {
    place.replaceWith(dialog());
    await bench.time.pass(100);
    expect(prompts()).toMatchObject([{ id: 'p1' }]);
    expect(bench.told().filter(({ type }) => type === 'gone')).toEqual([]);
  });

  it('expired', async () => {
    place.classList.add('expired');
    await bench.time.pass(100);
    expect(prompts()).toMatchObject([{ id: 'p1', expired: true }]);
  });

  it('words that are changed in place', async () => {
    (place.firstChild as Text).data = '二维码已失效';
    await bench.time.pass(100);
    expect(prompts()).toMatchObject([{ id: 'p1', words: '二维码已失效' }]);
  });

  it('nothing where nothing that counts has changed', async () => {
    const count = bench.told().length;
    place.setAttribute('style', 'color: red');
    await bench.time.pass(5_000);
    expect(bench.told()).toHaveLength(count);
  });

  it('gone when it is removed', async () => {
    place.remove();
    await bench.time.pass(100);
    expect(prompts()).toEqual([]);
  });

  it('gone when what is around it is hidden', async () => {
    document.body.setAttribute('hidden', '');
    await bench.time.pass(100);
    expect(prompts()).toEqual([]);
    document.body.removeAttribute('hidden');
  });

  it('gone when it is hidden by what is not observed, within the slow pace', async () => {
    for (const node of [place, qr]) vi.spyOn(node, 'closest').mockReturnValue(document.body);
    await bench.time.pass(1_100);
    expect(prompts()).toEqual([]);
  });

  it('the same one again when it comes back while it is shown as gone', async () => {
    place.remove();
    await bench.time.pass(1_000);
    document.body.append(dialog());
    await bench.time.pass(100);
    expect(prompts()).toMatchObject([{ id: 'p1' }]);
  });

  it('another one when it comes back later', async () => {
    place.remove();
    await bench.time.pass(pageLimits.promptGone + 100);
    document.body.append(dialog());
    await bench.time.pass(100);
    expect(prompts()).toMatchObject([{ id: 'p2' }]);
  });

  it('waits for nothing more once all is gone', async () => {
    place.remove();
    await bench.time.pass(10_000);
    expect(bench.time.waiting).toBe(0);
  });
});

describe('a page that gives no rest', () => {
  it('a canvas that changes with every frame is told of twice a second', async () => {
    const place = make('<div>CA<canvas data-qr="login"></canvas></div>');
    document.body.append(place);
    await begin();
    for (let frame = 0; frame < 300; frame += 1) {
      bench.qrs.set(place.children[0] as Element, pixels(`${frame}`));
      place.setAttribute('class', `frame${frame}`);
      await bench.time.pass(16);
    }
    expect(bench.told().length).toBeLessThanOrEqual(2 * 5 + 1);
    await bench.time.pass(1_100);
    expect(prompts()).toMatchObject([{ qr: pixels('299') }]);
  });

  it('thousands of QRs are so many prompts and no more', async () => {
    document.body.append(...Array.from({ length: 2_000 }, () => dialog()));
    await begin();
    expect(prompts()).toHaveLength(pageLimits.promptsPerDocument);
    await bench.time.pass(3_000);
    expect(bench.told()).toHaveLength(pageLimits.promptsPerDocument);
  });

  it('an endless ticker without such words is never searched', async () => {
    const ticker = make('<p></p>');
    document.body.append(ticker);
    await begin();
    for (let frame = 0; frame < 600; frame += 1) {
      ticker.textContent = `中标公告 ${frame}`;
      await bench.time.pass(16);
    }
    expect(bench.searches).toMatchObject({ whole: 1, near: 0 });
  });

  it('texts that are changed in place are not even noticed', async () => {
    const ticker = make('<p>中标公告</p>');
    document.body.append(ticker);
    await begin();
    (ticker.firstChild as Text).data = '请插入CA锁';
    await bench.time.pass(0);
    expect(bench.time.waiting).toBe(0);
  });

  it('an endless ticker with such words is searched every other second', async () => {
    const ticker = make('<p></p>');
    document.body.append(ticker);
    await begin();
    for (let frame = 0; frame < 600; frame += 1) {
      ticker.textContent = `CA互认公告 ${frame}`;
      await bench.time.pass(16);
    }
    expect(bench.searches.near).toBeLessThanOrEqual(13);
  });

  it('storm after storm is searched ten times a second at most', async () => {
    await begin();
    for (let storm = 0; storm < 50; storm += 1) {
      document.body.append(...Array.from({ length: 400 }, () => make('<i></i>')));
      await bench.time.pass(20);
    }
    expect(bench.searches.whole).toBeLessThanOrEqual(12);
  });
});

describe('a page that nobody sees', () => {
  it('is looked at when it comes to be seen', async () => {
    isHidden = true;
    document.body.append(dialog());
    await begin();
    expect(bench.searches.whole).toBe(0);
    isHidden = false;
    bench.detector.wake();
    await bench.time.pass(10);
    expect(prompts()).toHaveLength(1);
  });

  it('is not searched for more, but once when it is seen again', async () => {
    await begin();
    isHidden = true;
    document.body.append(dialog());
    await bench.time.pass(1_000);
    expect([bench.searches.near, prompts()]).toEqual([0, []]);
    isHidden = false;
    bench.detector.wake();
    await bench.time.pass(200);
    expect(prompts()).toHaveLength(1);
  });

  it('goes on with the prompt that our window may show', async () => {
    const place = make('<div>CA<canvas data-qr="login"></canvas></div>');
    document.body.append(place);
    await begin();
    isHidden = true;
    bench.qrs.set(place.children[0] as Element, pixels('B'));
    await bench.time.pass(1_100);
    expect(prompts()).toMatchObject([{ qr: pixels('B') }]);
  });
});

describe('what policy and user order', () => {
  it('stops everything where the user wants no detection', async () => {
    document.body.append(dialog());
    await begin();
    bench.ports[0]?.say({ type: 'orders', active: false, rules: 'v1' });
    document.body.append(dialog('other'));
    await bench.time.pass(5_000);
    expect(bench.told()).toHaveLength(1);
    expect(bench.time.waiting).toBe(0);
  });

  it('begins again when the user wants it again', async () => {
    document.body.append(dialog());
    await begin();
    bench.ports[0]?.say({ type: 'orders', active: false, rules: 'v1' });
    bench.ports[0]?.say({ type: 'orders', active: true, rules: 'v1' });
    await bench.time.pass(200);
    expect(bench.told()).toHaveLength(2);
  });

  it('does not wake by itself while the user wants none', async () => {
    document.body.append(dialog());
    await begin();
    bench.ports[0]?.say({ type: 'orders', active: false, rules: 'v1' });
    bench.detector.wake();
    await bench.time.pass(1_000);
    expect(bench.told()).toHaveLength(1);
  });

  it('searches anew with other rules, and not when they are the same', async () => {
    document.body.append(dialog());
    await begin();
    const before = bench.searches.whole;
    Object.assign(bench.stored, storedRules('v2'));
    bench.ports[0]?.say({ type: 'orders', active: true, rules: 'v2' });
    await bench.time.pass(200);
    expect(bench.searches.whole).toBe(before + 1);
    bench.ports[0]?.say({ type: 'orders', active: true, rules: 'v2' });
    await bench.time.pass(200);
    expect(bench.searches.whole).toBe(before + 1);
  });

  it('asks the background once where it finds no rules, and looks once they are there', async () => {
    document.body.append(dialog());
    const rules = { ...storedRules('v1') };
    await begin({ stored: { gate: async () => rules.gate, rules: async () => rules.rules } });
    expect(prompts()).toHaveLength(1);
    bench.detector.leave();
    const late = { ...storedRules('v1') };
    const { gate } = late;
    late.gate = undefined;
    await begin({ stored: { gate: async () => late.gate, rules: async () => late.rules } });
    expect(bench.ports).toHaveLength(1);
    expect(prompts()).toEqual([]);
    late.gate = gate;
    bench.ports[0]?.say({ type: 'orders', active: true, rules: 'v1' });
    await bench.time.pass(200);
    expect(prompts()).toHaveLength(1);
  });

  it('takes rules of another version for none, and asks for the gate again', async () => {
    document.body.append(dialog());
    const { gate } = storedRules('v2');
    let version = 'v1';
    const stored = {
      gate: async () => gate,
      rules: async () => storedRules(version).rules,
    };
    await begin({ stored });
    expect(prompts()).toEqual([]);
    version = 'v2';
    await bench.time.pass(5_000);
    expect(prompts()).toHaveLength(1);
  });

  it('takes no order that is none', async () => {
    document.body.append(dialog());
    await begin();
    for (const message of [
      null,
      'orders',
      { type: 'orders', active: false },
      { type: 'orders', active: 'no', rules: 'v1' },
    ]) {
      bench.ports[0]?.say(message);
    }
    document.body.append(dialog('other'));
    await bench.time.pass(200);
    expect(prompts()).toHaveLength(2);
  });
});

describe('the line to the background', () => {
  it('a stopped worker is told again what is shown', async () => {
    document.body.append(dialog());
    await begin();
    bench.ports[0]?.lose();
    await bench.time.pass(200);
    expect(bench.ports).toHaveLength(2);
    expect(bench.ports[1]?.messages).toEqual(bench.ports[0]?.messages);
  });

  it('is not opened again while there is nothing to tell', async () => {
    const place = dialog();
    document.body.append(place);
    await begin();
    place.remove();
    await bench.time.pass(200);
    bench.ports[0]?.lose();
    await bench.time.pass(60_000);
    expect(bench.ports).toHaveLength(1);
  });

  it('a background that refuses is asked five times more, then not again for the same', async () => {
    document.body.append(dialog());
    await begin();
    for (let count = 0; count < 10; count += 1) {
      bench.ports.at(-1)?.lose();
      await bench.time.pass(9_000);
    }
    await bench.time.pass(200_000);
    expect(bench.ports.length).toBeLessThanOrEqual(6);
  });

  it('a worker that the browser stops every half minute is reached every time', async () => {
    document.body.append(dialog());
    await begin();
    for (let count = 0; count < 20; count += 1) {
      await bench.time.pass(30_000);
      bench.ports.at(-1)?.lose();
    }
    await bench.time.pass(1_000);
    expect(bench.ports).toHaveLength(21);
  });

  it('a script whose extension is gone stops without a word', async () => {
    document.body.append(dialog());
    await begin();
    bench.isOrphaned = true;
    bench.ports[0]?.lose();
    await bench.time.pass(200);
    document.body.append(dialog('other'));
    await bench.time.pass(10_000);
    expect(bench.ports).toHaveLength(1);
    expect(bench.time.waiting).toBe(0);
  });

  it('ends when the page is left, and begins anew when it comes back', async () => {
    document.body.append(dialog());
    await begin();
    bench.detector.leave();
    expect(bench.ports[0]?.isOpen).toBe(false);
    await bench.time.pass(5_000);
    expect(bench.time.waiting).toBe(0);
    bench.detector.wake();
    await bench.time.pass(200);
    expect(bench.ports[1]?.messages).toHaveLength(1);
  });
});

it('changes nothing on the page', async () => {
  document.body.append(dialog(), make('<p>公告</p>'));
  const before = document.documentElement.outerHTML;
  await begin();
  await bench.time.pass(10_000);
  expect(document.documentElement.outerHTML).toBe(before);
});
