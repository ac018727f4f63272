import { Button } from 'antd'
import { useApi } from '../../kit/query.ts'
import type { OvertakenFigure } from './report-types.ts'
import { useWords } from './words.ts'

/** What an issued report states and the ledger tells otherwise by now. */
export function Overtaken({ path, onRedraft }: { path: string; onRedraft?: () => Promise<void> }) {
  const say = useWords()
  const { data } = useApi<{ overtaken: OvertakenFigure[] }>(`${path}/overtaken`)
  if (!data || data.overtaken.length === 0) return null
  return (
    <section className="notice no-print" role="status">
      <strong>{say('overtakenTitle')}</strong>
      <div className="scroll">
        <table className="figures">
          <thead>
            <tr>
              <th scope="col">{say('figure')}</th>
              <th scope="col" className="number">
                {say('written')}
              </th>
              <th scope="col" className="number">
                {say('now')}
              </th>
            </tr>
          </thead>
          <tbody>
            {data.overtaken.map(figure => (
              <tr key={figure.address}>
                <th scope="row">{figure.name}</th>
                <td className="number">{figure.written}</td>
                <td className="number">
                  <strong>{figure.writtenNow}</strong>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {onRedraft && (
        <p>
          <Button onClick={() => void onRedraft()}>{say('redraft')}</Button>
        </p>
      )}
    </section>
  )
}
