const longest = 120;

/**
 * Any file's name as people may be shown it: control, direction-changing and line-breaking characters become `_`, and
 * what is longer than 120 characters is cut in the middle, so that beginning and extension stay.
 */
export function displayableName(name: string): string {
  const characters = [...name.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, '_')];
  const shown =
    characters.length <= longest
      ? characters
      : [...characters.slice(0, longest - 21), '…', ...characters.slice(-20)];
  const text = shown.join('').trim();
  return text === '' ? '_' : text;
}
