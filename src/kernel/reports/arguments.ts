import type { TagToken } from 'liquidjs'

/** What stands in a tag after its name. */
export interface Arguments {
  readonly first: string
  readonly named: Readonly<Record<string, string>>
}

/** `'name', by: 'month', limit: 5` */
export function argumentsOf(token: TagToken): Arguments {
  const first = /^\s*["']([^"']*)["']/.exec(token.args)?.[1] ?? token.args.trim().split(/[\s,]/)[0] ?? ''
  const named = Object.fromEntries(
    [...token.args.matchAll(/([A-Za-z_]+)\s*:\s*(?:["']([^"']*)["']|([0-9]+))/g)].map(match => [
      match[1]!,
      match[2] ?? match[3] ?? '',
    ]),
  )
  return { first, named }
}
