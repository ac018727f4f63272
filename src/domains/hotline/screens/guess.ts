/**
 * The choice that a text names, so that nobody has to pick it: the longest name it holds, 小西红柿 before 西红柿.
 * @param names by choice; several of a title are divided by 、 or given in brackets
 */
export function named(text: string, names: Readonly<Record<string, string>>): string | undefined {
  const held = Object.entries(names).flatMap(([choice, name]) =>
    name
      .split(/[、（）()]/)
      .filter(one => one !== '' && text.includes(one))
      .map(one => ({ choice, length: one.length })),
  )
  return held.sort((a, b) => b.length - a.length)[0]?.choice
}
