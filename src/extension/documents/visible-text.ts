/** A stretch of text, or one character that would not be seen, by its code point. */
export interface TextPart {
  readonly text: string;
  readonly isHidden: boolean;
}

/** Everything but line ends and tabs that shows nothing or turns the direction of text. */
const hidden = /((?![\n\t])[\p{C}\p{Zl}\p{Zp}])/u;

/** `text` in parts, each hidden character apart as `U+202E`. CR LF is a line end; a lone CR is hidden. */
export function visibleText(text: string): readonly TextPart[] {
  return text
    .replaceAll('\r\n', '\n')
    .split(hidden)
    .flatMap((part, index): TextPart[] => {
      if (part === '') return [];
      if (index % 2 === 0) return [{ text: part, isHidden: false }];
      const code = part.codePointAt(0) ?? 0;
      return [{ text: `U+${code.toString(16).toUpperCase().padStart(4, '0')}`, isHidden: true }];
    });
}
