import { utf8 } from '../lib/bytes.ts';
import { sizeLimits } from './limits.ts';

/** Bytes of a text as it goes through native messaging. */
export function localServiceTextBytes(text: string): number {
  return utf8(JSON.stringify(text)).length;
}

/** Bytes of one text as JSON: what a message to the browser may hold, less what is around it. */
const maxTextBytes = 1_000_000;

/** May this text go through the local-service bridge? */
export function localServiceTextFits(text: string): boolean {
  return text.length <= sizeLimits.localServiceMessage && localServiceTextBytes(text) <= maxTextBytes;
}
