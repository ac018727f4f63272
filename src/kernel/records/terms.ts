import { pinyin } from 'pinyin-pro'
import type { Fields, RecordType } from './type.ts'

/**
 * Search terms of a record or a query: Han bigrams, words and numbers, and bigrams of pinyin initials, so that
 * 水稻 is found by 水稻, by 「sd」 and inside longer words. A query matches when the record has all of its terms.
 */
const MOST = 96

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

/** Terms of a text: Han characters in pairs, Latin words and numbers whole. */
export function addText(terms: Set<string>, text: string) {
  for (const run of text.toLowerCase().match(/\p{Script=Han}+|[\p{Script=Latin}\p{N}]+/gu) ?? []) {
    if (!/\p{Script=Han}/u.test(run)) terms.add(run.slice(0, 40))
    else if (run.length === 1) terms.add(run)
    else for (let i = 0; i + 1 < run.length; i++) terms.add(run.slice(i, i + 2))
  }
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
    if (!/\p{Script=Han}/u.test(character)) continue
    let letter = known.get(character)
    if (letter === undefined) {
      letter = pinyin(character, { pattern: 'first', toneType: 'none' }).slice(0, 1)
      known.set(character, letter)
    }
    letters += letter
  }
  return letters
}

/** What a query must find; Latin letters of up to 12 are tried as pinyin initials too. */
export function queryTerms(query: string): { words: string[]; initials: string[] } {
  const words = new Set<string>()
  addText(words, query.trim().slice(0, 100))
  const letters = /^[a-z]{2,12}$/i.test(query.trim()) ? query.trim().toLowerCase() : ''
  const pairs: string[] = []
  for (let i = 0; i + 1 < letters.length; i++) pairs.push(`~${letters.slice(i, i + 2)}`)
  return { words: [...words], initials: pairs }
}
