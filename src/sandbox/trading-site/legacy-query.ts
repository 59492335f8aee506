import { isLegacyScene } from './legacy-scenes.ts';
import type { Scene } from '../../protocol/scenes.ts';

/** How a QR is drawn: `img` by the page itself as a data address, `server` as a picture of the back end. */
export const legacyDrawings = ['canvas', 'img', 'server', 'svg', 'table', 'background'] as const;
export type LegacyDrawing = (typeof legacyDrawings)[number];

/** Where a prompt opens. */
export const legacyPlaces = ['page', 'dialog', 'tab', 'iframe', 'shadow'] as const;
export type LegacyPlace = (typeof legacyPlaces)[number];

/** What the address of a page of the old kind chooses. */
export interface LegacyQuery {
  readonly draw: LegacyDrawing;
  readonly place: LegacyPlace;
  /** Of a frame alone. */
  readonly scene: Scene;
  /** From the answer of the back end until the QR is drawn. */
  readonly delayMs: number;
  /** Drawn in place of what the front server gave: a page that somebody tampered with. */
  readonly content: string | undefined;
  /** The text of 开标时间. */
  readonly opening: string | undefined;
}

/** @param search of the page's location */
export function readLegacyQuery(search: string, usualPlace: LegacyPlace): LegacyQuery {
  const query = new URLSearchParams(search);
  const scene = query.get('scene');
  const delayMs = Number(query.get('delay'));
  return {
    draw: legacyDrawings.find((drawing) => drawing === query.get('draw')) ?? 'canvas',
    place: legacyPlaces.find((place) => place === query.get('place')) ?? usualPlace,
    scene: isLegacyScene(scene) ? scene : 'login',
    delayMs: Number.isFinite(delayMs) ? Math.min(Math.max(delayMs, 0), 60_000) : 0,
    content: query.get('content') ?? undefined,
    opening: query.get('opening') ?? undefined,
  };
}

/** The query of a frame in which the prompt of `scene` opens as this page was told. */
export function frameQuery(search: string, scene: Scene): string {
  const query = new URLSearchParams(search);
  query.set('scene', scene);
  return `?${query.toString()}`;
}
