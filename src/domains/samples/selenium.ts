// How much selenium is little or much. Contents in mg/kg: of soil dried in air, of produce as the standards weigh it.

export const classes = {
  deficient: { zh: '缺乏', en: 'Deficient' },
  marginal: { zh: '边缘', en: 'Marginal' },
  moderate: { zh: '适量', en: 'Moderate' },
  rich: { zh: '富硒', en: 'Rich' },
  excessive: { zh: '过剩', en: 'Excessive' },
  ordinary: { zh: '未达富硒', en: 'Not rich' },
  ungraded: { zh: '无分级标准', en: 'No standard' },
} as const

export type SeleniumClass = keyof typeof classes

/** Source: DZ/T 0295-2016 (after 谭见安 1989): bounds of the classes of soil; a bound belongs to the class below. */
const SOIL: readonly (readonly [most: number, SeleniumClass])[] = [
  [0.125, 'deficient'],
  [0.175, 'marginal'],
  [0.4, 'moderate'],
  [3, 'rich'],
]

export const soilClass = (selenium: number): SeleniumClass =>
  SOIL.find(([most]) => selenium <= most)?.[1] ?? 'excessive'

/** From and to, both within. Source: GB/T 22499-2008 (rice), NY/T 600-2002 (tea). */
const PRODUCE: Readonly<Record<string, readonly [number, number]>> = { rice: [0.04, 0.3], tea: [0.25, 4] }

/** Of produce only what has a standard is classed. */
export function produceClass(crop: string, selenium: number): SeleniumClass {
  const range = Object.hasOwn(PRODUCE, crop) ? PRODUCE[crop] : undefined
  if (!range) return 'ungraded'
  return selenium < range[0] ? 'ordinary' : selenium <= range[1] ? 'rich' : 'excessive'
}
