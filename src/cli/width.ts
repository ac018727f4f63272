/** Characters that take two cells: East Asian wide and full-width (Unicode UAX #11) and emoji. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u
/** Characters that take none: combining marks, joiners, controls. */
const EMPTY = /[\p{M}\p{Cf}\p{Cc}]/u

/** Cells a text takes on a terminal. */
export function displayWidth(text: string): number {
  let width = 0
  for (const character of text) width += EMPTY.test(character) ? 0 : WIDE.test(character) ? 2 : 1
  return width
}
