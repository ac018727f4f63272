import type { FieldInfo } from './fields.ts'

/** What stands in place of a personal value that was erased. */
export const ERASED = { zh: '（已删除）', en: '(erased)' } as const

/** A personal value with most of it covered: 张**, 138****1234. */
export function mask(sort: FieldInfo['personal'], value: string): string {
  const characters = [...value]
  if (sort === 'name') return `${characters[0] ?? ''}**`
  if ((sort === 'phone' || sort === 'id') && characters.length >= 9)
    return `${characters.slice(0, 3).join('')}****${characters.slice(-4).join('')}`
  return '****'
}

/** Whether a text is a masked value, which must not be saved in place of what it covers. */
export const isMasked = (value: unknown): boolean => typeof value === 'string' && /\*\*/.test(value)

/** Whether a value is only what stands on screen for a personal one: masked, or gone. */
export const isCovered = (value: unknown): boolean => isMasked(value) || value === ERASED.zh || value === ERASED.en
