import { moment } from '../../kit/format.ts'
import { useApi } from '../../kit/query.ts'
import { useMay } from '../../kit/session.tsx'
import { useLanguage } from '../../kit/words.ts'
import { Health } from './health.tsx'
import { useWords } from './keeping-words.ts'
import { Work } from './work.tsx'

interface Checkpoint {
  readonly number: number
  readonly size: number
  readonly root: string
  readonly at: string
}

/** Long work, with how far it is: the ledger verified, a backup made. And how the system does. */
export default function Keeping() {
  const say = useWords()
  const administers = useMay('administer')
  return (
    <>
      <h2>{say('verify')}</h2>
      <p className="quiet">{say('verifyHelp')}</p>
      <Work path="/verifications" title={say('verify')} />
      <Checkpoints />
      {administers && (
        <>
          <h2>{say('backup')}</h2>
          <p className="quiet">{say('backupHelp')}</p>
          <Work path="/backups" title={say('backup')} />
          <Health />
        </>
      )}
    </>
  )
}

const SHOWN = 5

/** The newest checkpoints: whoever notes one down can hold the ledger to it. */
function Checkpoints() {
  const say = useWords()
  const language = useLanguage()
  const newest = useApi<{ checkpoints: Checkpoint[] }>('/checkpoints', { limit: 500 })
  const shown = newest.data?.checkpoints.slice(-SHOWN).reverse() ?? []
  if (shown.length === 0) return null
  return (
    <div className="scroll">
      <table className="figures checkpoints">
        <thead>
          <tr>
            <th scope="col">{say('checkpoint')}</th>
            <th scope="col">{say('at')}</th>
            <th scope="col" className="number">
              {say('entries')}
            </th>
            <th scope="col">{say('root')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ number, at, size, root }) => (
            <tr key={number}>
              <th scope="row">{number}</th>
              <td>{moment(at, language)}</td>
              <td className="number">{size.toLocaleString('en')}</td>
              <td>
                <code>{root}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
