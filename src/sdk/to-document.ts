import { displayableName } from '../lib/displayable-name.ts';
import { ownError } from './bridge-error.ts';

/** A page's file as it goes over the wire. @throws BridgeError BAD_REQUEST for what is no file */
export function toDocument(file: File): { name: string; blob: File } {
  if (!(file instanceof File)) throw ownError('BAD_REQUEST');
  return { name: displayableName(file.name), blob: file };
}
