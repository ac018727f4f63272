import { Skeleton } from 'antd'
import { Link } from 'react-router'
import type { ReportDocument } from '../../../../src/kernel/reports/document.ts'
import { writeHtml } from '../../../../src/kernel/reports/html.ts'
import { reportStyle } from '../../../../src/kernel/reports/html-style.ts'
import { useApi } from '../../kit/query.ts'
import { said, useLanguage } from '../../kit/words.ts'
import { checkReport, type ShownReport, type Statement } from '../../proof/check.ts'
import { Signed } from './signed.tsx'
import { useWords } from './words.ts'

interface Found {
  readonly report: ShownReport & { readonly document: ReportDocument }
  readonly proof: {
    readonly leaf: string
    readonly index: number
    readonly size: number
    readonly path: readonly string[]
  } | null
  readonly statement: Statement
}

/** An issued report as it was issued, with the proof that it says what was entered in the journal. */
export function PublicReport({ org, id }: { org: string; id: string }) {
  const say = useWords()
  const language = useLanguage()
  const { data, error } = useApi<Found>(`/public/${encodeURIComponent(org)}/reports/${encodeURIComponent(id)}`)
  if (error) return <p role="alert">{error.status === 404 ? say('nothing') : said(error.problems[0], language)}</p>
  if (!data) return <Skeleton active />
  const { report, statement, proof } = data
  return (
    <>
      <p className="no-print">
        <Link to="?">{say('back')}</Link>
      </p>
      <Signed statement={statement} check={() => checkReport(report, statement, proof)} />
      <style>{reportStyle}</style>
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: written by the kernel, which escapes all it is given */}
      <div dangerouslySetInnerHTML={{ __html: writeHtml(report.document) }} />
    </>
  )
}
