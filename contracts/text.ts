/** Texts as they come in. Class: pure. */

/** Half of a surrogate pair: two texts that differ in such halves alone become one where they are written as UTF-8. */
const HALF = /\p{Cs}/u;

/** Whether a text is no sequence of characters. Source: Unicode 15, D84. */
export const isIllFormed = (text: string): boolean => HALF.test(text);
