/** Whether a window can be shown to somebody here. */
export function hasDisplay(): boolean {
  if (process.platform !== 'linux') return process.env['CI'] === undefined;
  return Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
}
