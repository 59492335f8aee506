import type { ObservedQr } from '../../../protocol/observed-prompts.ts';
import { decodeQr } from './decode-qr.ts';

type QrPixels = Extract<ObservedQr, { type: 'pixels' }>;

/** What the reader found, or when it may be asked again. */
export type QrReading = { readonly content: string | undefined } | { readonly waitMs: number };

/** Most pictures that one document has decoded within a second; one takes some milliseconds. */
const decodingsPerSecond = 4;
const mostKept = 64;

/** Decodes what documents draw: the same pixels once, and no document as often as it likes. */
export interface QrReader {
  read(documentId: string, pixels: QrPixels): Promise<QrReading>;
  forget(documentId: string): void;
}

export function createQrReader(now: () => number): QrReader {
  const kept = new Map<string, string | undefined>();
  const decodings = new Map<string, readonly number[]>();
  return {
    async read(documentId, pixels) {
      const key = await digestOf(pixels);
      if (kept.has(key)) return { content: kept.get(key) };
      const recent = (decodings.get(documentId) ?? []).filter((at) => now() - at < 1_000);
      const [earliest] = recent;
      if (earliest !== undefined && recent.length >= decodingsPerSecond) {
        return { waitMs: Math.max(1, earliest + 1_000 - now()) };
      }
      decodings.set(documentId, [...recent, now()]);
      const content = decodeQr(pixels);
      kept.set(key, content);
      for (const oldest of [...kept.keys()].slice(0, -mostKept)) kept.delete(oldest);
      return { content };
    },
    forget: (documentId) => void decodings.delete(documentId),
  };
}

async function digestOf({ width, height, grey }: QrPixels): Promise<string> {
  const bytes = new TextEncoder().encode(`${width}x${height}:${grey}`);
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)).join();
}
