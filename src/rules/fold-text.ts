/** White space, punctuation, brackets and invisible characters: what may stand between the letters of a word. */
const betweenLetters =
  /[\s!-/:-@[-`{-~\u00a0-\u00bf\u061c\u180e\u2000-\u206f\u3000-\u3030\ufeff\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65]+/g;

const fullWidth = /[\uff10-\uff5a]/g;

/** Chinese characters are compared as they are. */
const unfolded = /[^\u4e00-\u9fff]/;

/** `text` as words are compared: letters and digits only, lower case, full width made half width. */
export function foldText(text: string): string {
  if (!unfolded.test(text)) return text;
  return text
    .replace(betweenLetters, '')
    .replace(fullWidth, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0xfee0))
    .toLowerCase();
}
