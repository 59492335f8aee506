/*
 * How far one search goes, so that no page can make it long. Single constants, which the build puts in place; text is
 * measured in UTF-16 units.
 */

/** Ancestors of a QR, or of words, that are looked at. */
export const mostClimb = 10;
/** Elements below an ancestor; a larger one ends the climb. A QR of 61 by 61 table cells is within. */
export const mostElements = 4_000;
/** An ancestor's whole text, scripts included; a larger one ends the climb. */
export const mostRawText = 20_000;
/** An ancestor's visible text, folded, that can still be one prompt. */
export const mostText = 500;
/** A wider block of so little text names the scene of a prompt, as a title does, or says that it is something else. */
export const mostCaptionedText = 200;
/** Visible text of a prompt without QR; more is an article. */
export const mostSentence = 160;
/** Pictures of one root that are looked at. */
export const mostPictures = 400;
/** QRs of one root that are told of, before those that share their words are taken together. */
export const mostFound = 40;
/** Text of a root in which words are found that white space interrupts; in a longer one only whole words are. */
export const mostFoldedText = 50_000;
/** Text of a root in which words are looked for at all. */
export const mostWholeText = 400_000;
/** Levels and elements that are passed on the way to words. */
export const mostLevels = 64;
export const mostPassed = 20_000;
/** Places of fitting words in one root that are looked at. */
export const mostPlaces = 60;
/** Elements of one root whose computed style is read in search of a background. */
export const mostStyles = 100;
/** Pixels of the sides of a QR as laid out. */
export const leastSide = 92;
export const mostSide = 600;
/** Blocks around changed nodes that are searched one by one; with more the whole root is. */
export const mostBlocks = 16;
