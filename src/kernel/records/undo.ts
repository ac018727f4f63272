import type { Ledger } from '../ledger.ts'
import { type Actor, permit } from '../people/actor.ts'
import { fail, ok, type Result } from '../result.ts'
import type { Committed } from './commit.ts'
import { likenessOf, openOn } from './content.ts'
import { foundFields, foundTerms } from './found.ts'
import { permitState } from './patch.ts'
import { personalValues } from './personal.ts'
import type { Content } from './record.ts'
import { type ChangeOptions, type Current, next, type Revision, revise } from './revise.ts'
import { upgrade } from './type.ts'

/**
 * Takes back one's own last change of a record, when nobody has changed it since: it says again what it said before, as
 * its next version. Undoing a creation voids the record; undoing an undo does again what was undone.
 */
export const undo = (
  ledger: Ledger,
  actor: Actor,
  id: string,
  options: ChangeOptions = {},
): Promise<Result<Committed>> =>
  revise(ledger, actor, id, options, 'undo', current => undone(ledger, actor, current, options))

async function undone(
  ledger: Ledger,
  actor: Actor,
  current: Current,
  { client }: ChangeOptions,
): Promise<Result<Revision>> {
  const { stored, type, org } = current
  if (stored.updatedBy !== actor.person)
    return fail('record/not-own', {
      zh: '最后一次修改不是您做的，不能撤销',
      en: 'The last change was not yours to undo',
    })
  const { rows } = await (client ?? ledger.store.pool).query<Content>(
    `SELECT id, type, type_version AS "typeVersion", org, day, status, state, version, fields, merged_into AS "mergedInto"
     FROM record_version WHERE root = $1 AND id = $2 AND version = $3`,
    [stored.root, stored.id, stored.version - 1],
  )
  const before = rows[0]
  const after = next(stored, before ?? { status: 'void' })
  const to = ledger.orgs.byId(after.org)!
  const refused = [
    permit(actor, 'enter', to),
    ...([stored.status, after.status].some(status => status === 'confirmed' || status === 'returned')
      ? [permit(actor, 'confirm', org), permit(actor, 'confirm', to)]
      : []),
    ...(stored.state === after.state ? [] : [permitState(actor, type, org, stored.state)]),
    ...(after.status === 'void' ? [] : [openOn(to, after.day)]),
  ].find(result => !result.ok)
  if (refused && !refused.ok) return refused
  const likeness = await likenessThen(ledger, current, after)
  const found =
    foundFields(type).length > 0 ? foundTerms(ledger, type, await personalValues(ledger, { ...stored, ...after })) : []
  return ok({ after, likeness, found })
}

/** The likeness of a record as it was; none when it covers personal values that were erased. */
async function likenessThen(ledger: Ledger, { stored, type }: Current, after: Content): Promise<string | null> {
  const fields = upgrade(type, after.typeVersion, after.fields)
  const covered = (type.like ?? []).filter(name => type.fields[name]?.kind === 'personal' && name in fields)
  if (covered.length === 0) return likenessOf(ledger, type, after.org, fields)
  const values = await personalValues(ledger, { ...stored, ...after })
  if (covered.some(name => values[name] === undefined)) return null
  return likenessOf(ledger, type, after.org, { ...fields, ...values })
}
