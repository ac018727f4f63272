import type { Readable } from 'node:stream'
import { TextDecoder } from 'node:util'
import { SaxesParser } from 'saxes'
import { MAX_ROW_CHARACTERS, Unreadable } from './source.ts'
import { asUnreadable } from './zip.ts'

/** What is told of an XML part while it streams by; names without their prefix. */
export interface Handlers {
  onOpen(name: string, attributes: Readonly<Record<string, string>>): void
  onText?(text: string): void
  onClose?(name: string): void
}

/**
 * Reads an XML part piece by piece; yields the bytes of every piece, so that what the handlers gathered can be handed on. No
 * entity of a document type is expanded, and no text may grow beyond a row's size. Throws Unreadable.
 */
export async function* readXml(stream: Readable, handlers: Handlers): AsyncGenerator<number> {
  const parser = new SaxesParser()
  let sinceEvent = 0
  parser.on('opentag', tag => {
    sinceEvent = 0
    handlers.onOpen(local(tag.name), tag.attributes)
  })
  parser.on('text', text => handlers.onText?.(text))
  parser.on('cdata', text => handlers.onText?.(text))
  parser.on('closetag', tag => {
    sinceEvent = 0
    handlers.onClose?.(local(tag.name))
  })
  parser.on('error', error => {
    throw asUnreadable(error)
  })
  const decoder = new TextDecoder('utf-8')
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      const text = decoder.decode(chunk, { stream: true })
      sinceEvent += text.length
      parser.write(text)
      if (sinceEvent > MAX_ROW_CHARACTERS) throw tooLong()
      yield chunk.length
    }
    parser.write(decoder.decode()).close()
  } catch (error) {
    throw asUnreadable(error)
  } finally {
    stream.destroy()
  }
  yield 0
}

/** The same for a small part that is read as a whole. */
export async function readAll(stream: Readable, handlers: Handlers): Promise<void> {
  for await (const _ of readXml(stream, handlers));
}

const local = (name: string) => {
  const colon = name.indexOf(':')
  return colon === -1 ? name : name.slice(colon + 1)
}

const tooLong = () =>
  new Unreadable('import/row-too-long', {
    zh: `有单元格太长（超过${MAX_ROW_CHARACTERS / 1024 / 1024}MB）`,
    en: `A cell is too long (over ${MAX_ROW_CHARACTERS / 1024 / 1024} MB)`,
  })
