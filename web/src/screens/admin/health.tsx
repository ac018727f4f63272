import { moment } from '../../kit/format.ts'
import { useApi } from '../../kit/query.ts'
import { useLanguage } from '../../kit/words.ts'
import { useWords } from './keeping-words.ts'

interface System {
  readonly store: 'embedded' | 'server'
  readonly postgres: string
  readonly schema: number
  readonly orgs: number
  readonly pendingTallies: number
  readonly unsealedEntries: number
  readonly checkpoint: { readonly number: number; readonly at: string } | null
  readonly uptimeSeconds: number
  readonly memoryBytes: number
}

const EVERY_MS = 5000
const MB = 1024 ** 2
const HOUR = 3600

/** How the program and its database do, now. */
export function Health() {
  const say = useWords()
  const language = useLanguage()
  const { data } = useApi<System>('/system', undefined, { staleTime: 0, refetchInterval: EVERY_MS })
  if (!data) return null
  const { uptimeSeconds: up } = data
  const rows: readonly (readonly [string, string])[] = [
    [say('store'), `${say(data.store)} · PostgreSQL ${data.postgres} · ${say('schema', { n: data.schema })}`],
    [say('orgs'), data.orgs.toLocaleString('en')],
    [say('pending'), data.pendingTallies.toLocaleString('en')],
    [say('unsealed'), data.unsealedEntries.toLocaleString('en')],
    [
      say('latest'),
      data.checkpoint ? `${data.checkpoint.number} · ${moment(data.checkpoint.at, language)}` : say('noneYet'),
    ],
    [say('uptime'), say('hours', { h: Math.floor(up / HOUR), m: Math.floor((up % HOUR) / 60) })],
    [say('memory'), `${Math.round(data.memoryBytes / MB)} MB`],
  ]
  return (
    <section aria-labelledby="health">
      <h2 id="health">{say('health')}</h2>
      <table className="figures narrow">
        <tbody>
          {rows.map(([title, value]) => (
            <tr key={title}>
              <th scope="row">{title}</th>
              <td>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
