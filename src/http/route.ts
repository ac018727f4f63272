import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Ledger } from '../kernel/ledger.ts'
import type { Actor, Right } from '../kernel/people/actor.ts'
import type { Result } from '../kernel/result.ts'
import type { Language, Words } from '../kernel/words.ts'
import type { Caller } from './callers.ts'
import type { Context } from './context.ts'

/**
 * Where a right is needed: at the org unit that the request names (checked before the route runs), at that of what the
 * path names (checked by the kernel once it is read), anywhere at all, or at every root of the ledger.
 */
export type Place = 'org' | 'record' | 'report' | 'evidence' | 'person' | 'entry' | 'somewhere' | 'everywhere'

/** Who may call a route. */
export type May = 'anyone' | 'signed-in' | { readonly right: Right; readonly at: Place }

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** `/records/:record/evidence` → { record: string } */
export type ParamsOf<P extends string> = P extends `${string}:${infer Name}/${infer Rest}`
  ? { readonly [K in Name]: string } & ParamsOf<`/${Rest}`>
  : P extends `${string}:${infer Name}`
    ? { readonly [K in Name]: string }
    : unknown

/** A request that has been let in and read. */
export interface Call<Params = unknown, Query = unknown, Body = unknown> extends Context {
  readonly ledger: Ledger
  readonly actor: Actor
  readonly caller: Caller | undefined
  readonly language: Language
  readonly params: Params
  readonly query: Query
  readonly body: Body
  /** The version of `If-Match`; undefined when not said or `*`. */
  readonly ifMatch: number | undefined
  /** Of `Idempotency-Key`, with what it was sent for. */
  readonly idempotency: { readonly key: string; readonly request: unknown } | undefined
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

export interface Declared {
  /** What OpenAPI calls the operation; '' for pages. */
  readonly name: string
  readonly method: Method
  readonly path: string
  readonly title: Words
  readonly may: May
  readonly query?: z.ZodType
  /** A JSON body, or `multipart` for one that the route reads as a stream. */
  readonly body?: z.ZodType | 'multipart'
  /** Largest JSON body in bytes, where the default does not do. */
  readonly bodyLimit?: number
  /** The shape of a good answer; media types for one that is a file or a stream; nothing for 204. */
  readonly answer?: z.ZodType | readonly string[]
  /** 200, or 204 without an answer, where not said. */
  readonly status?: number
  /** A POST that changes nothing (a question too long for an address). */
  readonly reads?: boolean
  /**
   * How an idempotency key is kept: with what is saved, by the kernel (`kernel`); not at all (`never`), where request or
   * answer hold a secret or a repeat adds nothing anyway; by default around the change.
   */
  readonly key?: 'kernel' | 'never'
  /** Whether `If-Match` has to be said, may be said, or means nothing. */
  readonly ifMatch?: 'needed' | 'may'
  /** Codes of org units that `may` is checked at; by default `org` of query, body or path. */
  readonly orgs?: (call: Call) => readonly string[]
  /** Stands at its path as it is, not beneath the API's. */
  readonly bare?: boolean
  /** A page for people: errors are pages too, whoever has not signed in is asked to. */
  readonly page?: boolean
}

export interface Route extends Declared {
  readonly handle: (call: Call) => Promise<Result<unknown>> | Result<unknown>
}

type Parsed<S> = S extends z.ZodType ? z.output<S> : unknown

/** Declares a route of the API. It says who may and what it takes; then it hands over to the kernel. */
export function route<
  const P extends string,
  Q extends z.ZodType | undefined = undefined,
  B extends z.ZodType | 'multipart' | undefined = undefined,
>(
  declared: Omit<Declared, 'path' | 'query' | 'body'> & { path: P; query?: Q; body?: B },
  handle: (call: Call<ParamsOf<P>, Parsed<Q>, Parsed<B>>) => Promise<Result<unknown>> | Result<unknown>,
): Route {
  // The one place where types are let go: what `declared` says of path, query and body is what the call is parsed by.
  return { ...declared, handle: handle as Route['handle'] }
}

/** Declares a page. Its path stands outside /api. */
export function page<
  const P extends string,
  Q extends z.ZodType | undefined = undefined,
  B extends z.ZodType | 'multipart' | undefined = undefined,
>(
  declared: Omit<Declared, 'path' | 'query' | 'body' | 'name' | 'page'> & { path: P; query?: Q; body?: B },
  handle: (call: Call<ParamsOf<P>, Parsed<Q>, Parsed<B>>) => Promise<Result<unknown>> | Result<unknown>,
): Route {
  return { ...declared, name: '', page: true, handle: handle as Route['handle'] }
}

export const API = '/api/v1'

/** The whole path of a route. */
export const pathOf = ({ path, page, bare }: Pick<Route, 'path' | 'page' | 'bare'>) =>
  page || bare ? path : API + path

const special = Symbol('special answer')

/** A file to be sent: streamed, named, and never shown as a page of this site. */
export interface FileAnswer {
  readonly [special]: 'file'
  readonly content: NodeJS.ReadableStream | Buffer
  readonly mediaType: string
  readonly name?: string
  readonly size?: number
  /** Shown in the browser instead of saved; only what cannot run there. */
  readonly inline?: boolean
}

export const file = (answer: Omit<FileAnswer, typeof special>): FileAnswer => ({ [special]: 'file', ...answer })

/** Go and look there. */
export interface RedirectAnswer {
  readonly [special]: 'redirect'
  readonly to: string
}

export const redirect = (to: string): RedirectAnswer => ({ [special]: 'redirect', to })

/** The route has answered by itself: a stream of events. */
export interface SentAnswer {
  readonly [special]: 'sent'
}

export const sent: SentAnswer = { [special]: 'sent' }

export type SpecialAnswer = FileAnswer | RedirectAnswer | SentAnswer

export const specialOf = (value: unknown): SpecialAnswer | undefined =>
  typeof value === 'object' && value !== null && special in value ? (value as SpecialAnswer) : undefined

export const kindOf = (answer: SpecialAnswer) => answer[special]
