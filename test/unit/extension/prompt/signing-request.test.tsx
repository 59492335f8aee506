// @vitest-environment happy-dom
import { act } from 'preact/test-utils';
import { beforeEach, expect, test, vi } from 'vitest';
import { CodedError } from '../../../../src/protocol/coded-error.ts';
import { errorCatalogue } from '../../../../src/protocol/errors.ts';
import type { ProposedPlace } from '../../../../src/protocol/seal-places.ts';
import type { SessionState } from '../../../../src/protocol/session-states.ts';
import type { SealChoice, SessionDocuments, SessionView } from '../../../../src/protocol/ui-messages.ts';
import { mmToPoints } from '../../../../src/extension/documents/length-units.ts';
import { SigningRequest } from '../../../../src/extension/prompt/signing-request.tsx';
import { createMockBackgroundClient } from '../../../../src/extension/ui/mock-background-client.ts';
import { uiTexts } from '../../../../src/extension/ui/text/text-context.ts';
import { fakePdf, run } from '../documents/fake-pdf.ts';
import {
  element,
  findButton,
  pageText,
  press,
  renderAgain,
  renderPage,
  settle,
} from '../ui/page-harness.tsx';
import { sessionId, sessionView } from '../ui/session-view.ts';

vi.mock('webextension-polyfill', () => ({ default: {} }));
const openPdf = vi.hoisted(() => vi.fn<() => Promise<unknown>>());
vi.mock('../../../../src/extension/documents/open-pdf.ts', () => ({ openPdf }));

const text = uiTexts['zh-CN'].documents;
const sm3 = '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0';

/** Everything is in sight. */
class SeenObserver {
  readonly #tell: (entries: readonly object[]) => void;
  constructor(tell: (entries: readonly object[]) => void) {
    this.#tell = tell;
  }
  observe(): void {
    this.#tell([{ isIntersecting: true, contentRect: { width: 600 } }]);
  }
  disconnect(): void {
    // Nothing to end.
  }
}

beforeEach(() => {
  vi.stubGlobal('IntersectionObserver', SeenObserver);
  vi.stubGlobal('ResizeObserver', SeenObserver);
  openPdf
    .mockReset()
    .mockResolvedValue(fakePdf([{ text: [run('投标人盖章', 200, 300)] }, { text: [run('盖章')] }]));
});

const seal = (id: string, usable = true): SealChoice => ({
  id,
  name: `印章${id}`,
  picture: { type: 'png', base64: 'AAAA', widthMm: 42, heightMm: 30 },
  validTo: '2028-01-01T00:00:00Z',
  usable,
});

interface Scene {
  readonly seals?: readonly SealChoice[];
  readonly names?: readonly string[];
  readonly places?: readonly ProposedPlace[];
  readonly message?: string;
  readonly changes?: Partial<SessionView>;
}

/** Turns of the event loop for what is opened, measured and drawn, one effect after another. */
const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 12; turn += 1) {
    await act(async () => new Promise((resolve) => setTimeout(resolve, 0)));
  }
};

async function show(state: SessionState, scene: Scene = {}) {
  const { seals = [], names = ['标书.pdf'], places = [], message, changes } = scene;
  const view = (at: SessionState): SessionView =>
    sessionView(at, {
      scene: message === undefined ? 'signature' : 'messageSignature',
      documents: names.map((name) => ({ name, size: 1_234_567, sm3 })),
      ...changes,
    });
  const client = createMockBackgroundClient();
  const documents: SessionDocuments['documents'] = names.map((name, index) => ({
    name,
    blob: new Blob([message ?? '%PDF']),
    places: index === 0 ? places : [],
    isText: message !== undefined,
  }));
  client.answer('sessionDocuments', { documents, seals });
  const page = (at: SessionState) => (
    <SigningRequest session={view(at)} client={client} close={() => undefined} />
  );
  await renderPage(page(state));
  await settled();
  const become = async (at: SessionState): Promise<void> => {
    await renderAgain(page(at));
    await settled();
  };
  return { client, become };
}

const marks = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('.seal-mark')];
const confirmButton = (): HTMLButtonElement | undefined => findButton(text.summary.confirm);
const key = (target: Element | undefined, name: string, shiftKey = false): Promise<void> =>
  settle(() => target?.dispatchEvent(new KeyboardEvent('keydown', { key: name, shiftKey, bubbles: true })));
const sentPlaces = (client: Awaited<ReturnType<typeof show>>['client']): unknown =>
  client.sent.find(({ command }) => command === 'arrange');

test('hidden characters of a text are shown before anybody signs it', async () => {
  await show('awaitingScan', { message: '一百万\u202E元', names: ['承诺书.txt'] });
  expect(element('pre').textContent).toBe('一百万U+202E元');
  expect(pageText()).toContain(text.controlCharacters);
  expect(element('pre').getAttribute('contenteditable')).toBeNull();
});

test('markup in a text stays text', async () => {
  await show('awaitingScan', { message: '<img src=x onerror=alert(1)>', names: ['a.txt'] });
  expect(element('pre').querySelector('img')).toBeNull();
});

test('a document that cannot be opened shows the reason', async () => {
  openPdf.mockRejectedValue(new CodedError('DOCUMENT_ENCRYPTED'));
  await show('awaitingScan');
  expect(element('.pane [role=alert]').textContent).toContain(
    errorCatalogue.DOCUMENT_ENCRYPTED.text['zh-CN'].title,
  );
});

test('before the scan name, size, digest and proposed places are shown, and nothing can be moved', async () => {
  await show('awaitingScan', { places: [{ kind: 'keyword', text: '盖章' }] });
  for (const part of ['标书.pdf', '1,234,567', '66c7 f0f4 62ee']) expect(pageText()).toContain(part);
  expect(marks().map((mark) => mark.tagName)).toEqual(['DIV', 'DIV']);
  expect(pageText()).toContain(text.proposed(2));
  expect(confirmButton()).toBeUndefined();
});

test('an unusable seal is shown with the reason and cannot be chosen', async () => {
  await show('arranging', { seals: [seal('A', false), seal('B'), seal('C')] });
  const [first, second] = document.querySelectorAll<HTMLInputElement>('input[type=radio]');
  expect([first?.disabled, second?.disabled]).toEqual([true, false]);
  expect(first?.closest('label')?.textContent).toContain(text.seal.unusable);
  expect(document.querySelector('input:checked')).toBeNull();
});

test.each([
  [[], text.seal.none],
  [[seal('A', false)], text.seal.noneUsable],
])('without a seal that can be used there is nothing to confirm', async (seals, words) => {
  const { client } = await show('arranging', { seals });
  expect(pageText()).toContain(words);
  await press(text.summary.confirm);
  expect(sentPlaces(client)).toBeUndefined();
});

test('a single usable seal is chosen, takes the proposed places, and is confirmed with them', async () => {
  const { client } = await show('arranging', {
    seals: [seal('A', false), seal('B')],
    places: [{ kind: 'point', page: 2, x: 0, y: 9_999 }],
  });
  expect(confirmButton()?.getAttribute('aria-disabled')).toBe('false');
  await press(text.summary.confirm);
  expect(sentPlaces(client)).toEqual({
    command: 'arrange',
    sessionId,
    sealId: 'B',
    places: [[{ kind: 'point', page: 2, x: mmToPoints(42) / 2, y: 842 - mmToPoints(30) / 2 }]],
  });
});

test('while one document of a batch has no place, nothing is sent', async () => {
  const { client } = await show('arranging', {
    seals: [seal('A')],
    names: ['一.pdf', '二.pdf'],
    places: [{ kind: 'allPages', x: 300, y: 300 }],
  });
  expect(pageText()).toContain(text.summary.missing('二.pdf'));
  await press(text.summary.confirm);
  expect(sentPlaces(client)).toBeUndefined();
  await press(text.place.toAll);
  await settled();
  await press(text.summary.confirm);
  const all = { kind: 'allPages', x: 300, y: 300 };
  expect(sentPlaces(client)).toMatchObject({ places: [[all], [all]] });
});

test('by keyboard a seal is placed, moved by 1 and 10 millimetres, and removed', async () => {
  const { client } = await show('arranging', { seals: [seal('A')] });
  await press(text.place.center('1'));
  await settled();
  const [mark] = marks();
  expect(mark?.tagName).toBe('BUTTON');
  await key(mark, 'ArrowRight');
  await settled();
  await key(marks()[0], 'ArrowDown', true);
  await settled();
  await press(text.summary.confirm);
  expect(sentPlaces(client)).toMatchObject({
    places: [[{ page: 1, x: 595 / 2 + mmToPoints(1), y: 842 / 2 - mmToPoints(10) }]],
  });
  await key(marks()[0], 'Delete');
  await settled();
  expect(marks()).toEqual([]);
});

test('a seal at the edge moves no further', async () => {
  await show('arranging', { seals: [seal('A')], places: [{ kind: 'point', page: 1, x: 9_999, y: 300 }] });
  const before = marks()[0]?.getAttribute('aria-label');
  await key(marks()[0], 'ArrowRight', true);
  await settled();
  expect(marks()[0]?.getAttribute('aria-label')).toBe(before);
});

test('numbers are millimetres, and what lies outside comes back onto the page', async () => {
  await show('arranging', { seals: [seal('A')], places: [{ kind: 'point', page: 1, x: 300, y: 300 }] });
  const [page, left] = document.querySelectorAll<HTMLInputElement>('.place-numbers input');
  const type = async (input: HTMLInputElement | undefined, value: string): Promise<void> => {
    if (input === undefined) throw new Error('no such field');
    await settle(() => {
      input.value = value;
      input.dispatchEvent(new Event('input', { bubbles: true }));
    });
    await key(input, 'Enter');
    await settled();
  };
  await type(left, '50');
  expect(pageText()).toContain(text.place.point('1'));
  expect(marks()[0]?.getAttribute('aria-label')).toContain('距左边 50 毫米');
  await type(left, '5000');
  expect(marks()[0]?.getAttribute('aria-label')).toContain('距左边 188.9 毫米');
  await type(left, 'x');
  expect(marks()[0]?.getAttribute('aria-label')).toContain('距左边 188.9 毫米');
  await type(page, '7');
  expect(element('.place-head').textContent).toContain(text.place.point('2'));
});

test('a keyword lists its hits, and the ticked ones get a seal', async () => {
  await show('arranging', { seals: [seal('A')] });
  await settle(() => {
    const input = element<HTMLInputElement>('input[type=search]');
    input.value = '盖 章';
    input.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await settle(() => element('form').dispatchEvent(new Event('submit', { cancelable: true })));
  await settled();
  expect(pageText()).toContain(text.keyword.found(2));
  const hits = document.querySelectorAll<HTMLInputElement>('.hits input');
  await settle(() => hits[1]?.click());
  await press(text.keyword.add(1));
  await settled();
  expect(marks()).toHaveLength(1);
  expect(element('.place-head').textContent).toContain(text.place.point('2'));
});

test('across the edge every page shows its slice of the picture', async () => {
  await show('arranging', { seals: [seal('A')] });
  await press(text.place.seam);
  await settled();
  const pictures = [...document.querySelectorAll<HTMLImageElement>('.seal-picture img')];
  expect(pictures.map(({ style }) => [style.width, style.left])).toEqual([
    ['200%', '0%'],
    ['200%', '-100%'],
  ]);
});

test('a seal is dragged to another page and stays under the pointer', async () => {
  await show('arranging', { seals: [seal('A')], places: [{ kind: 'point', page: 1, x: 300, y: 300 }] });
  const sheets = [...document.querySelectorAll<HTMLElement>('.pdf-sheet')];
  for (const [index, sheet] of sheets.entries()) {
    sheet.getBoundingClientRect = () => new DOMRect(0, index * 1_000, 595, 842);
  }
  document.elementsFromPoint = (_, y) => sheets.slice(Math.floor(y / 1_000), Math.floor(y / 1_000) + 1);
  const at = (type: string, clientX: number, clientY: number): PointerEvent =>
    new PointerEvent(type, { clientX, clientY, button: 0, pointerId: 1, bubbles: true });
  await settle(() => marks()[0]?.dispatchEvent(at('pointerdown', 310, 842 - 300)));
  await settle(() => window.dispatchEvent(at('pointermove', 210, 1_000 + 842 - 400)));
  await settle(() => window.dispatchEvent(at('pointerup', 210, 1_000 + 842 - 400)));
  await settled();
  const [page, left, bottom] = document.querySelectorAll<HTMLInputElement>('.place-numbers input');
  expect([page?.value, left?.value, bottom?.value]).toEqual(['2', '70.6', '141.1']);
});

test('a click places a seal only when it was asked for', async () => {
  await show('arranging', { seals: [seal('A')], places: [{ kind: 'point', page: 1, x: 300, y: 300 }] });
  const click = (): Promise<void> => settle(() => element('.seal-layer').click());
  await click();
  await settled();
  expect(marks()).toHaveLength(1);
  await press(text.place.click);
  await click();
  await settled();
  expect(marks()).toHaveLength(2);
  await click();
  await settled();
  expect(marks()).toHaveLength(2);
});

test('after the confirmation the places stay in sight, and can no longer be moved', async () => {
  const { become } = await show('arranging', {
    seals: [seal('A')],
    places: [{ kind: 'point', page: 1, x: 300, y: 300 }],
  });
  await become('signing');
  expect(marks().map((mark) => mark.tagName)).toEqual(['DIV']);
  expect(element('.matching-tiles').textContent).toBe('47');
  expect(pageText()).toContain('66c7 f0f4');
});

test('how far the documents are read is shown, and never rounded up to all', async () => {
  await show('requested', { changes: { documents: [], progress: { done: 999, total: 1_000 } } });
  expect(element('.reading').textContent).toBe(text.reading('99%'));
});

test('other signing scenes go on by themselves', async () => {
  await show('arranging', { changes: { scene: 'revokeSignature' } });
  expect(confirmButton()).toBeUndefined();
  expect(element('.status-title').textContent).toBe(uiTexts['zh-CN'].states.arranging('').title);
});

test('the end names what was signed', async () => {
  await show('succeeded');
  expect(element('.documents h2').textContent).toBe(text.done(1));
  expect(document.querySelector('.pane')).toBeNull();
});

test('once a seal is placed by a button, a stray click on a page places no other', async () => {
  await show('arranging', { seals: [seal('A')] });
  const clickToPlace = (): HTMLButtonElement | undefined => findButton(text.place.clickNow);
  expect(clickToPlace()).toBeDefined();
  await press(text.place.seam);
  await settled();
  expect(marks()).toHaveLength(2);
  expect(clickToPlace()).toBeUndefined();
});

test('where no seal can be used nobody is told to pick one', async () => {
  await show('arranging', { seals: [seal('A', false)] });
  expect(pageText()).toContain(text.seal.noneUsable);
  expect(pageText()).not.toContain(text.summary.pickSeal);
});

test.each([
  ['failed', text.notSigned(1)],
  ['cancelled', text.notSigned(1)],
  ['succeeded', text.done(1)],
  ['awaitingScan', text.heading(1)],
] as const)('in %s the documents stand under what became of them', async (state, heading) => {
  await show(state);
  expect(element('.documents h2').textContent).toBe(heading);
});
