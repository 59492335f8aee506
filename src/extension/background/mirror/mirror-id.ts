/**
 * The mirror's id of a document's prompt: the same again after the worker was restarted, so that a window that shows
 * it goes on. @returns a UUID (version 8) of SHA-256 over both
 */
export async function mirrorIdOf(documentId: string, promptId: string): Promise<string> {
  const text = new TextEncoder().encode(`${documentId}\n${promptId}`);
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', text)).subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
