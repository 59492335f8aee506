import { assertNever } from '../../lib/assert-never.ts';
import type { Scene } from '../../protocol/scenes.ts';
import { openLegacyQr, type LegacyEnd } from './legacy-qr-panel.ts';
import { frameQuery, type LegacyQuery } from './legacy-query.ts';
import { legacyScenes } from './legacy-scenes.ts';

export interface LegacyPrompt {
  /** Takes the prompt off the page. */
  close(): void;
}

/** A message of a frame to the page around it. */
interface FrameEnd {
  readonly legacyEnd: LegacyEnd;
}

const frameEnds: readonly LegacyEnd[] = ['loggedIn', 'identified', 'confirmed'];

/** Tells the page around this frame that the phone has done its part. */
export function tellParent(end: LegacyEnd): void {
  window.parent.postMessage({ legacyEnd: end } satisfies FrameEnd, location.origin);
}

function frameFor(scene: Scene, onEnd: (end: LegacyEnd) => void): { element: HTMLElement; close(): void } {
  const frame = document.createElement('iframe');
  frame.src = `/legacy/frame.html${frameQuery(location.search, scene)}`;
  frame.width = '420';
  frame.height = '360';
  const onMessage = ({ source, origin, data }: MessageEvent<Partial<FrameEnd> | null>): void => {
    if (source !== frame.contentWindow || origin !== location.origin) return;
    const end = frameEnds.find((each) => each === data?.legacyEnd);
    if (end === undefined) return;
    close();
    onEnd(end);
  };
  const close = (): void => {
    window.removeEventListener('message', onMessage);
    frame.remove();
  };
  window.addEventListener('message', onMessage);
  return { element: frame, close };
}

function dialogFor(title: string, onClose: () => void): { body: HTMLElement; remove(): void } {
  const mask = document.createElement('div');
  mask.className = 'legacy-mask';
  const dialog = document.createElement('div');
  dialog.className = 'legacy-dialog';
  const bar = document.createElement('div');
  bar.className = 'legacy-dialog-title';
  bar.textContent = title;
  const cross = document.createElement('button');
  cross.type = 'button';
  cross.textContent = '关闭';
  cross.addEventListener('click', onClose);
  bar.append(cross);
  const body = document.createElement('div');
  body.className = 'legacy-dialog-body';
  dialog.append(bar, body);
  document.body.append(mask, dialog);
  return {
    body,
    remove() {
      mask.remove();
      dialog.remove();
    },
  };
}

/** The part of the page that prompts of place `page` and `tab` fill; on `tab` it was hidden before. */
function slotOf(query: LegacyQuery): HTMLElement {
  const slot = document.getElementById('slot') ?? document.body;
  if (query.place === 'tab') slot.hidden = false;
  return slot;
}

/**
 * Opens the prompt of `scene` where the query says.
 * @param onEnd called once, when the phone has done its part; the prompt has left the page then
 */
export function openLegacyPrompt(
  scene: Scene,
  query: LegacyQuery,
  onEnd: (end: LegacyEnd) => void,
): LegacyPrompt {
  const { title } = legacyScenes[scene];
  const { place } = query;
  if (place === 'page' || place === 'tab') {
    const heading = document.createElement('h3');
    heading.textContent = title;
    const panel = openLegacyQr(scene, query, (end) => {
      heading.remove();
      onEnd(end);
    });
    slotOf(query).replaceChildren(heading, panel.element);
    return {
      close() {
        panel.close();
        heading.remove();
      },
    };
  }
  const close = (): void => {
    content.close();
    dialog.remove();
  };
  const ended = (end: LegacyEnd): void => {
    dialog.remove();
    onEnd(end);
  };
  const dialog = dialogFor(title, close);
  const content = place === 'iframe' ? frameFor(scene, ended) : openLegacyQr(scene, query, ended);
  switch (place) {
    case 'dialog':
    case 'iframe':
      dialog.body.append(content.element);
      break;
    case 'shadow':
      dialog.body.attachShadow({ mode: 'open' }).append(content.element);
      break;
    default:
      return assertNever(place);
  }
  return { close };
}
