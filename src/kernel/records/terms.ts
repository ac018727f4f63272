import { pinyin } from 'pinyin-pro'
import type { FieldInfo } from './fields.ts'
import type { Fields, RecordType } from './type.ts'

/**
 * Search terms of a record or a query: Han bigrams, words and numbers, and bigrams of pinyin initials, so that
 * 水稻 is found by 水稻, by 「sd」 and inside longer words. A query matches when the record has all of its terms.
 */
const MOST = 600

export function termsOf(type: RecordType, fields: Fields): string[] {
  const terms = new Set<string>()
  for (const [name, info] of Object.entries(type.fields)) {
    const value = fields[name]
    if (!info.searched || typeof value !== 'string') continue
    addText(terms, value)
    addInitials(terms, value)
    if (terms.size >= MOST) break
  }
  return [...terms].slice(0, MOST)
}

/**
 * What a record is found by that it names: `@` and the id of a record it refers to, `@number=` and a linked text. They
 * stand in `record.links`, whose index is never behind.
 */
export function linkTerms(infos: Readonly<Record<string, FieldInfo>>, fields: Fields): string[] {
  return Object.entries(infos).flatMap(([name, info]) => {
    const value = fields[name]
    if (info.rows && Array.isArray(value)) return value.flatMap(row => linkTerms(info.rows!, row as Fields))
    return typeof value === 'string' ? (termOfLink(name, info, value) ?? []) : []
  })
}

const termOfLink = (name: string, info: FieldInfo | undefined, value: string): string | undefined =>
  info?.kind === 'reference' ? `@${value}` : info?.linked ? `@${name}=${value}` : undefined

/** The term by which records of a type are found that say `value` at `path`: a reference or linked text, or `rows.field`. */
export function linkTerm(type: RecordType, path: string, value: string): string {
  const [name = '', within] = path.split('.')
  const info = within === undefined ? type.fields[name] : type.fields[name]?.rows?.[within]
  const term = termOfLink(within ?? name, info, value)
  if (term === undefined) throw new Error(`${type.id} is not found by ${path}`)
  return term
}

/** The term by which records are found that refer to one. */
export const referringTerm = (id: string) => `@${id}`

/** Terms of a text: Han characters in pairs, Latin words and numbers whole. */
export function addText(terms: Set<string>, text: string) {
  for (const run of text.toLowerCase().match(/\p{Script=Han}+|[\p{Script=Latin}\p{N}]+/gu) ?? []) {
    if (!/\p{Script=Han}/u.test(run)) terms.add(run.slice(0, 40))
    else addPairs(terms, [...run])
  }
}

function addPairs(terms: Set<string>, characters: readonly string[]) {
  if (characters.length === 1) terms.add(characters[0]!)
  for (let i = 0; i + 1 < characters.length; i++) terms.add(characters[i]! + characters[i + 1]!)
}

const SHORT = 24

function addInitials(terms: Set<string>, text: string) {
  const letters = initials(text.slice(0, SHORT))
  for (let i = 0; i + 1 < letters.length; i++) terms.add(`~${letters.slice(i, i + 2)}`)
}

const known = new Map<string, string>()

/** First letters of the Han characters of a text: 水稻 → sd. Cached by character: conversion dominates a save otherwise. */
export function initials(text: string): string {
  let letters = ''
  for (const character of text) {
    let letter = known.get(character)
    if (letter === undefined) {
      const isHan = /\p{Script=Han}/u.test(character)
      letter = isHan ? pinyin(character, { pattern: 'first', toneType: 'none' }).slice(0, 1) : ''
      known.set(character, letter)
    }
    letters += letter
  }
  return letters
}

/** A search as it is matched: by terms, which an index finds, and by what the texts then really say. */
export interface Search {
  /** All of these, or all of `initials` where there are any. */
  readonly words: readonly string[]
  readonly initials: readonly string[]
  /** What the texts must hold, lower case, each in some text. */
  readonly parts: readonly string[]
  /** Letters that may be the pinyin initials of a text; '' when the query is something else. */
  readonly letters: string
}

const LONGEST = 100

/** What a query must find; 2 to 12 Latin letters are tried as pinyin initials too. Null when it says nothing. */
export function searchFor(query: string): Search | null {
  const said = query.normalize('NFC').replaceAll('\0', '').trim().slice(0, LONGEST).toLowerCase()
  if (said === '') return null
  const words = new Set<string>()
  addText(words, said)
  const letters = /^[a-z]{2,12}$/.test(said) ? said : ''
  const pairs: string[] = []
  for (let i = 0; i + 1 < letters.length; i++) pairs.push(`~${letters.slice(i, i + 2)}`)
  return {
    // A character alone is part of its neighbours' pairs; only the texts tell where it stands.
    words: [...words].filter(word => !/^\p{Script=Han}$/u.test(word)),
    initials: pairs,
    parts: said.split(/\s+/u),
    letters,
  }
}

/** Whether texts hold what was searched: the pairs that an index finds may lie apart. */
export function holds(search: Search, texts: readonly string[]): boolean {
  const lower = texts.map(text => text.toLowerCase())
  if (search.parts.every(part => lower.some(text => text.includes(part)))) return true
  return search.letters !== '' && texts.some(text => initials(text.slice(0, SHORT)).includes(search.letters))
}

/** The texts of a record that are searched. */
export const searchedTexts = (type: RecordType, fields: Fields): string[] =>
  Object.entries(type.fields).flatMap(([name, info]) => {
    const value = fields[name]
    return info.searched && typeof value === 'string' ? [value] : []
  })
