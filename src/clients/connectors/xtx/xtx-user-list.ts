import { countLimits } from '../../../protocol/limits.ts';

/** An entry of `SOF_GetUserList`. */
export interface XtxUser {
  readonly name: string;
  /** What every further call names the certificate by. */
  readonly id: string;
}

/** Characters of one id at most, as `vendor.list` hands it on. */
const maxId = 200;

/**
 * Reads `name||certID&&&name||certID&&&`, at most `countLimits.vendorKeys` of it. What is no such entry is left out, as
 * is an id that came before.
 */
export function readXtxUserList(text: string): readonly XtxUser[] {
  const users = new Map<string, XtxUser>();
  for (const entry of text.split('&&&')) {
    // A name may be whatever a subject is; an id has no such marks in it.
    const middle = entry.lastIndexOf('||');
    const id = entry.slice(middle + 2);
    if (middle < 0 || id === '' || id.length > maxId || users.has(id)) continue;
    users.set(id, { name: entry.slice(0, middle), id });
    if (users.size === countLimits.vendorKeys) break;
  }
  return [...users.values()];
}
