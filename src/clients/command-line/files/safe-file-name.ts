import { displayableName } from '../../../lib/displayable-name.ts';

/** What Windows takes for a device, whatever stands behind the dot. */
const deviceName = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])\s*(?:\.|$)/i;

/** Bytes of UTF-8 that file systems take. */
const mostBytes = 255;
const tailLength = 20;

/**
 * A name that a stranger wrote, as one for a file in a folder of ours: it leads nowhere else, is a file and no device on
 * every system, is not hidden, and fits. A name that is all that already stays as it is.
 */
export function safeFileName(name: string): string {
  const plain = displayableName(name)
    .replaceAll(/[<>:"/\\|?*]/g, '_')
    .replace(/^\.+/, '_')
    .replace(/[. ]+$/, '');
  const named = plain === '' ? '_' : plain;
  return fitted(deviceName.test(named) ? `_${named}` : named);
}

/** Cut in the middle, so that beginning and extension stay. */
function fitted(name: string): string {
  if (Buffer.byteLength(name) <= mostBytes) return name;
  const characters = [...name];
  const tail = characters.slice(-tailLength).join('');
  const head = characters.slice(0, -tailLength);
  const whole = () => `${head.join('')}…${tail}`;
  while (head.length > 0 && Buffer.byteLength(whole()) > mostBytes) head.pop();
  return whole();
}
