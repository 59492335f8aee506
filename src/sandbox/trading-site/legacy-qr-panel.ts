import { assertNever } from '../../lib/assert-never.ts';
import type { Scene } from '../../protocol/scenes.ts';
import { drawQr } from './legacy-draw.ts';
import type { LegacyQuery } from './legacy-query.ts';
import type { LegacyPageState } from './legacy-routes.ts';
import { legacyScenes } from './legacy-scenes.ts';

/** How a prompt came to its end on the page. */
export type LegacyEnd = Extract<LegacyPageState, 'loggedIn' | 'identified' | 'confirmed'>;

export interface LegacyQrPanel {
  readonly element: HTMLElement;
  /** The user turned away: the back end is told, and nothing is drawn any more. Safe to call again. */
  close(): void;
}

interface GivenQr {
  readonly ticket: string;
  readonly content: string;
}

const pollMs = 1_000;

function post(path: string, body: unknown): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return fetch(path, { method: 'POST', headers, body: JSON.stringify(body), cache: 'no-store' });
}

function box(className: string, text = ''): HTMLDivElement {
  const element = document.createElement('div');
  element.className = className;
  element.textContent = text;
  return element;
}

/** Lies over a QR that cannot be scanned any more. */
function overlay(text: string, onRenew: () => void): HTMLElement {
  const cover = box('ewm-mask');
  const link = document.createElement('button');
  link.type = 'button';
  link.textContent = '点击刷新';
  link.addEventListener('click', onRenew);
  cover.append(box('ewm-mask-text', text), link);
  // Style sheets do not reach into a shadow root.
  Object.assign(cover.style, {
    position: 'absolute',
    inset: '0',
    display: 'grid',
    placeContent: 'center',
    justifyItems: 'center',
    gap: '8px',
    background: 'rgb(255 255 255 / 92%)',
  });
  return cover;
}

/** Resolves after `ms`, or at once when nobody waits any more. */
function later(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/**
 * A QR with its words, kept by the page and its own back end: asked for at once, drawn, asked after every second, and
 * marked when it expired. `performance` has a mark `qr-drawn` for each QR; the drawn element's `data-drawn-at` is the
 * same in milliseconds of this document's `performance.now()`, `data-drawn-epoch` since the epoch.
 * @param onEnd called once, when the phone has done its part; the panel has left the page then
 */
export function openLegacyQr(
  scene: Scene,
  query: LegacyQuery,
  onEnd: (end: LegacyEnd) => void,
): LegacyQrPanel {
  const words = legacyScenes[scene];
  const element = box('ewm-panel');
  const code = box('ewm');
  const status = box('ewm-status');
  code.style.position = 'relative';
  code.style.width = 'max-content';
  code.style.margin = '0 auto';
  element.append(code, box('ewm-tip', words.tip), status);

  /** Of the QR that is shown or asked for; aborted when it is renewed or the prompt leaves the page. */
  let shown = new AbortController();
  let ticket: string | undefined;

  function leave(): void {
    shown.abort();
    element.remove();
  }

  function fail(text: string): void {
    status.textContent = '';
    code.querySelector('.ewm-mask')?.remove();
    code.append(overlay(text, renew));
  }

  async function draw({ ticket: given, content }: GivenQr, signal: AbortSignal): Promise<void> {
    const picture = `/legacy/qr.gif?ticket=${encodeURIComponent(given)}`;
    const drawn = await drawQr(query.content ?? content, query.draw, picture);
    if (query.delayMs > 0) await later(query.delayMs, signal);
    if (signal.aborted) return;
    drawn.classList.add('ewm-code');
    code.replaceChildren(drawn);
    const { startTime } = performance.mark('qr-drawn');
    drawn.dataset['drawnAt'] = String(startTime);
    drawn.dataset['drawnEpoch'] = String(performance.timeOrigin + startTime);
    status.textContent = '等待扫码';
  }

  /** Whether there is more to wait for. */
  function show(state: LegacyPageState): boolean {
    switch (state) {
      case 'waiting':
        return true;
      case 'scanned':
        status.textContent = '已扫码，请在手机上确认';
        return true;
      case 'identified':
      case 'confirmed':
      case 'loggedIn':
        leave();
        onEnd(state);
        return false;
      case 'expired':
        fail('二维码已失效');
        return false;
      case 'refused':
      case 'cancelled':
        fail('手机端已取消');
        return false;
      case 'failed':
        fail('证书验证未通过');
        return false;
      default:
        return assertNever(state);
    }
  }

  async function poll(of: string, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await later(pollMs, signal);
      if (signal.aborted) return;
      const answer = await post('/legacy/qr/state', { ticket: of }).catch(() => undefined);
      if (answer === undefined || answer.status === 502) continue;
      const state = answer.ok ? ((await answer.json()) as { state: LegacyPageState }).state : 'expired';
      if (!signal.aborted && !show(state)) return;
    }
  }

  async function run(signal: AbortSignal): Promise<void> {
    status.textContent = '正在获取二维码…';
    const replaces = ticket;
    ticket = undefined;
    const answer = await post('/legacy/qr', { scene, replaces }).catch(() => undefined);
    const given = answer?.ok === true ? ((await answer.json()) as GivenQr) : undefined;
    if (signal.aborted) return;
    if (given === undefined) return fail('二维码获取失败');
    ({ ticket } = given);
    await draw(given, signal);
    await poll(given.ticket, signal);
  }

  function renew(): void {
    shown.abort();
    shown = new AbortController();
    void run(shown.signal);
  }

  renew();
  return {
    element,
    close() {
      if (shown.signal.aborted) return;
      leave();
      if (ticket !== undefined) void post('/legacy/qr/cancel', { ticket });
    },
  };
}
