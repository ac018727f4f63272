import { useMemo, useState } from 'react'
import type { ReportDocument } from '../../../../src/kernel/reports/document.ts'
import { writeHtml } from '../../../../src/kernel/reports/html.ts'
import { useWords } from './words.ts'

// The official page is what the kernel writes as HTML, in a frame where nothing can run.

const SANDBOX = 'allow-same-origin allow-modals'

/** The report as the official page, unsaved changes included. */
export function Preview({ document }: { document: ReportDocument }) {
  const say = useWords()
  const [height, setHeight] = useState(1200)
  const page = useMemo(() => writeHtml(document, { standalone: true }), [document])
  return (
    <iframe
      className="official"
      title={say('official')}
      sandbox={SANDBOX}
      srcDoc={page}
      style={{ height }}
      onLoad={({ currentTarget }) => setHeight(currentTarget.contentDocument?.documentElement.scrollHeight ?? height)}
    />
  )
}

/** Opens the browser's printing, and with it "save as PDF", on the official page. */
export function printOfficial(report: ReportDocument): void {
  const frame = document.createElement('iframe')
  frame.className = 'visually-hidden'
  frame.setAttribute('sandbox', SANDBOX)
  frame.srcdoc = writeHtml(report, { standalone: true })
  frame.onload = () => {
    frame.contentWindow?.addEventListener('afterprint', () => frame.remove())
    frame.contentWindow?.print()
  }
  document.body.append(frame)
}
