import { lazy, Suspense } from 'react'
import { Link, useParams } from 'react-router'
import { usePlaceQuery } from '../../kit/place.ts'
import { useApi } from '../../kit/query.ts'
import { useExplained } from '../figures/explain/address.ts'
import { Editor } from './editor.tsx'
import type { Report } from './report-types.ts'
import './reports.css'
import { useWords } from './words.ts'

const ExplainPanel = lazy(() => import('../figures/explain/explain-panel.tsx'))

/** One report, with where each of its figures comes from beside it. */
export function Screen() {
  const say = useWords()
  const query = usePlaceQuery()
  const { report: id = '' } = useParams()
  const { data: report, error } = useApi<Report>(`/reports/${id}`)
  const explained = useExplained()
  if (error) throw error
  return (
    <>
      <p className="no-print">
        <Link to={`/reports${query}`}>{say('back')}</Link>
      </p>
      {report && <Editor key={report.id} report={report} />}
      {explained.address && (
        <Suspense fallback={null}>
          <ExplainPanel />
        </Suspense>
      )}
    </>
  )
}
