import type { Exchange } from './exchange.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The body as a JSON object. Wants `application/json`, so that another origin's page cannot send it without a
 * preflight, and well-formed UTF-8.
 */
export function readJsonObject(exchange: Exchange): JsonObject | 'tooLarge' | 'malformed' {
  if (exchange.body === 'tooLarge') return 'tooLarge';
  if (!/^application\/json(?:;|$)/i.test(exchange.headers['content-type'] ?? '')) return 'malformed';
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(exchange.body));
    return isJsonObject(value) ? value : 'malformed';
  } catch {
    return 'malformed';
  }
}
