import { actionName } from '../../kit/actions.ts'
import { moment } from '../../kit/format.ts'
import { useApi } from '../../kit/query.ts'
import { useLanguage } from '../../kit/words.ts'
import { EntryProofCheck } from '../../proof/entry-proof.tsx'
import { useWords } from './words.ts'

interface Proof {
  readonly holds: boolean
  readonly steps: readonly { seq: number; action: string; at: string; version: number; note?: unknown }[]
  readonly entry: { readonly seq: number } | null
  readonly proof: { readonly hash: string } | null
}

/** What was done with the report, and the proof that it still says the same. */
export function Trail({ path, id }: { path: string; id: string }) {
  const say = useWords()
  const language = useLanguage()
  const { data } = useApi<Proof>(`${path}/proof`)
  if (!data) return null
  return (
    <section aria-labelledby="trail">
      <h2 id="trail">{say('trail')}</h2>
      <ol className="trail">
        {data.steps.map(step => (
          <li key={step.seq}>
            {actionName(step.action, language)} <span className="quiet">{moment(step.at, language)}</span>
            {reasonOf(step.note) && <p className="quiet">{reasonOf(step.note)}</p>}
          </li>
        ))}
      </ol>
      <p className={data.holds ? 'quiet' : 'late'}>{say(data.holds ? 'unaltered' : 'altered')}</p>
      {data.entry && data.proof && (
        <EntryProofCheck key={data.entry.seq} seq={data.entry.seq} hash={data.proof.hash} subject={`report:${id}`} />
      )}
    </section>
  )
}

const reasonOf = (note: unknown): string | undefined => (note as { reason?: string } | null | undefined)?.reason
