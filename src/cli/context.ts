import type { Words } from '../kernel/words.ts'
import type { Exit } from './exit.ts'
import type { Invocation } from './invocation.ts'
import type { Help } from './language.ts'

/** What every command is declared with. */
export interface Context {
  readonly invocation: Invocation
  readonly help: Help
  readonly version: string
  /** A command whose answer is not a plain success says so. */
  readonly endWith: (exit: Exit) => void
}

export const JSON_HELP: Words = { zh: '在标准输出打印一个 JSON 文档', en: 'print one JSON document' }
export const ORG_HELP: Words = { zh: '单位代码', en: 'code of the org unit' }
export const PERIOD_HELP: Words = {
  zh: '期间：2024、2024-H1、2024-Q3、2024-05、2024-05-18、2024-W20、起..止',
  en: 'period, or first..last',
}

/** Adds one more value of an option that may be said several times. */
export const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value]
