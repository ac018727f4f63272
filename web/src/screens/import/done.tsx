import { Button } from 'antd'
import { Link } from 'react-router'
import type { RecordType } from '../../kit/declared.ts'
import { usePlaceQuery } from '../../kit/place.ts'
import type { Job, Summary } from './run.ts'
import { useWords } from './words.ts'

interface Props {
  readonly type: RecordType
  readonly summary: Summary
  readonly job: Job
  readonly onMend: (file: File) => void
  readonly onAnother: () => void
}

/** What became of the rows; those with errors as a file, or here to be mended. */
export function Done({ type, summary, job, onMend, onAnother }: Props) {
  const say = useWords()
  const place = usePlaceQuery()
  async function mend() {
    if (!job.file) return
    const answer = await fetch(job.file)
    if (answer.ok) onMend(new File([await answer.blob()], summary.rejectedFile ?? 'rejected.csv'))
  }
  return (
    <section aria-labelledby="imported">
      <div role="status">
        <h2 id="imported">{say('done')}</h2>
      </div>
      <dl className="summary">
        {(['read', 'created', 'unchanged', 'rejected'] as const).map(name => (
          <div key={name}>
            <dt>{say(name)}</dt>
            <dd data-count={name}>{say('lines', { n: summary[name] })}</dd>
          </div>
        ))}
      </dl>
      <div className="toolbar">
        <Link className="primary-link" to={`/ledger/${type.type}${place}&all=1&sort=-createdAt`}>
          {say('toList')}
        </Link>
        {job.file && (
          <>
            <Button onClick={() => void mend()}>{say('mend')}</Button>
            <a href={job.file} download>
              {say('rejectedFile')}
            </a>
          </>
        )}
        <Button type="text" onClick={onAnother}>
          {say('another')}
        </Button>
      </div>
    </section>
  )
}
