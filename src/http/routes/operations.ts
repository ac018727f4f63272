import { z } from 'zod'
import type { Operation } from '../../kernel/declared.ts'
import { type GivenFile, perform } from '../../kernel/operation.ts'
import type { Registry } from '../../kernel/registry.ts'
import { ok } from '../../kernel/result.ts'
import { file, type Route, route } from '../route.ts'

/** What domains answer and do beyond records, each under its domain. */
export const operationRoutes = (registry: Registry): Route[] =>
  registry.domains.flatMap(domain => domain.operations.map(operation => routeOf(domain.id, operation)))

/** @throws when it is declared under another domain's name, or its unit cannot be told from its input: a bug, found at start */
function routeOf(domain: string, operation: Operation): Route {
  const { id, kind, title, may, input, answer, mediaTypes } = operation
  if (!id.startsWith(`${domain}.`)) throw new Error(`the operation ${id} is not named after its domain ${domain}`)
  if (may !== 'anyone' && !(input instanceof z.ZodObject && 'org' in input.shape))
    throw new Error(`the input of ${id} names no org unit to check the right at`)
  const declared = {
    name: id,
    path: `/domains/${domain}/${id.slice(domain.length + 1)}`,
    title,
    may: may === 'anyone' ? may : ({ right: may, at: 'org' } as const),
  }
  if (kind === 'action')
    return route({ ...declared, method: 'POST', body: input, answer }, ({ ledger, actor, body }) =>
      perform(operation, ledger, actor, body),
    )
  if (kind === 'question')
    return route({ ...declared, method: 'GET', query: input, answer }, ({ ledger, actor, query }) =>
      perform(operation, ledger, actor, query),
    )
  return route(
    { ...declared, method: 'GET', query: input, answer: mediaTypes ?? [] },
    async ({ ledger, actor, query }) => {
      const given = await perform(operation, ledger, actor, query)
      return given.ok ? ok(file(given.value as GivenFile)) : given
    },
  )
}
