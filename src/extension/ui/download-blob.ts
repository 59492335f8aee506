/** Milliseconds after which the browser has certainly taken the bytes over. */
const addressLife = 60_000;

/** Hands `blob` to the browser's downloads under `name`. */
export function downloadBlob(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), addressLife);
}
