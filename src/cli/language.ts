import type { Language, Words } from '../kernel/words.ts'

/** Words of help, in both languages with `between` them unless one was asked for. */
export type Help = (words: Words, between?: string) => string

export interface Tongue {
  /** Of answers and messages. */
  readonly language: Language
  /** Help is in both languages unless one was asked for. */
  readonly help: Help
}

type Environment = Readonly<Record<string, string | undefined>>

/** `--lang`, else what LC_ALL, LC_MESSAGES or LANG names, else Chinese. Found before options are read: help depends on it. */
export function tongueOf(argv: readonly string[], env: Environment): Tongue {
  const asked = asLanguage(askedFor(argv))
  const language = asked ?? asLanguage(env.LC_ALL || env.LC_MESSAGES || env.LANG) ?? 'zh'
  const other: Language = language === 'zh' ? 'en' : 'zh'
  return {
    language,
    help: asked ? words => words[asked] : (words, between = ' / ') => words[language] + between + words[other],
  }
}

function askedFor(argv: readonly string[]): string | undefined {
  const at = argv.findIndex(word => word === '--lang' || word.startsWith('--lang='))
  const word = argv[at]
  return word === '--lang' ? argv[at + 1] : word?.slice('--lang='.length)
}

/** 'zh_CN.UTF-8' → 'zh'; neither Chinese nor English (C, POSIX, fr_FR) → undefined. */
const asLanguage = (text: string | undefined): Language | undefined =>
  /^(zh|en)\b|^(zh|en)_/i
    .exec(text ?? '')?.[0]
    .slice(0, 2)
    .toLowerCase() as Language | undefined
