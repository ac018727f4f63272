import { App, Button, Input, Popover } from 'antd'
import { useDeferredValue, useEffect, useMemo, useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { readClaims } from '../../../../src/kernel/claims/read.ts'
import type { Block } from '../../../../src/kernel/reports/document.ts'
import { type Asked, api, download, Refused } from '../../kit/api.ts'
import { moment } from '../../kit/format.ts'
import { usePlaceQuery } from '../../kit/place.ts'
import { changed, queries, useApi } from '../../kit/query.ts'
import { useMay } from '../../kit/session.tsx'
import { said, useLanguage } from '../../kit/words.ts'
import { BlockView } from './blocks.tsx'
import { type OvertakenFigure, type Report, textOf } from './report-types.ts'
import { useWords } from './words.ts'

/** One report: its text, editable between bound figures while it is a draft; what the ledger tells otherwise by now. */
export function Screen() {
  const say = useWords()
  const language = useLanguage()
  const { message } = App.useApp()
  const navigate = useNavigate()
  const query = usePlaceQuery()
  const { report: id = '' } = useParams()
  const path = `/reports/${id}`
  const { data: report, error } = useApi<Report>(path)
  const mayReport = useMay('report')
  const [blocks, setBlocks] = useState<readonly Block[]>()
  const version = report?.version
  // biome-ignore lint/correctness/useExhaustiveDependencies: another version is another text
  useEffect(() => setBlocks(undefined), [version])
  if (error) throw error
  if (!report) return <p className="quiet">…</p>
  const shown = blocks ?? report.document.blocks
  const editable = mayReport && report.status === 'draft'

  async function act(step: string, asked: Asked, done: string): Promise<Report | undefined> {
    try {
      const next = await api<Report>(step ? `${path}/${step}` : path, asked)
      message.success(done)
      if (next.id === id) queries.setQueryData([path, {}], next)
      await changed('/reports')
      return next
    } catch (refused) {
      if (!(refused instanceof Refused)) throw refused
      message.error(refused.code === 'report/stale' ? say('stale') : said(refused.problems[0], language))
      return undefined
    }
  }
  const change = (at: number) => (block: Block) => setBlocks(shown.map((one, i) => (i === at ? block : one)))
  const redraft = async () => {
    const next = await act('redraft', { body: {} }, say('draft'))
    if (next) navigate(`/reports/${next.id}${query}`)
  }

  return (
    <article className="report">
      <p className="no-print">
        <Link to={`/reports${query}`}>{say('back')}</Link>
      </p>
      <div className="toolbar no-print">
        <span className="quiet">
          {say(`${report.status}Status`)} · {moment(report.issuedAt ?? report.createdAt, language)}
          {report.number && ` · ${report.number}`}
        </span>
        {editable && (
          <Button
            type={blocks ? 'primary' : 'default'}
            disabled={!blocks}
            onClick={() => void act('', { method: 'PATCH', ifMatch: report.version, body: { blocks } }, say('saved'))}
          >
            {say('save')}
          </Button>
        )}
        {editable && !blocks && (
          <Reasoned
            title={say('issue')}
            placeholder={say('issueNumber')}
            optional
            onDone={number =>
              void act('issue', { ifMatch: report.version, body: number ? { number } : {} }, say('issued'))
            }
          />
        )}
        {mayReport && report.status === 'issued' && (
          <Reasoned
            title={say('withdraw')}
            placeholder={say('why')}
            onDone={reason =>
              void act('withdraw', { ifMatch: report.version, body: { reason } }, say('withdrawnStatus'))
            }
          />
        )}
        {(['docx', 'html', 'md'] as const).map(format => (
          <Button key={format} onClick={() => void download(`${path}/download`, { query: { format } })}>
            {say('download')} {format}
          </Button>
        ))}
        <Button onClick={() => print()}>{say('print')}</Button>
        {blocks && <span role="status">{say('unsaved')}</span>}
      </div>
      {report.status === 'issued' && <Overtaken path={path} onRedraft={mayReport ? redraft : undefined} />}
      <h1 className="report-title">{report.document.title}</h1>
      {shown.map((block, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks have no name but their place
        <BlockView key={i} block={block} at={i} onChange={editable ? change(i) : undefined} />
      ))}
      <p className="report-signature">
        {report.document.signature.name}
        <br />
        {report.document.signature.date}
      </p>
      {report.status === 'draft' && <Check blocks={shown} />}
    </article>
  )
}

function Reasoned(props: { title: string; placeholder: string; optional?: boolean; onDone: (text: string) => void }) {
  const [text, setText] = useState('')
  const fit = props.optional || text.trim().length > 1
  return (
    <Popover
      trigger="click"
      content={
        <form
          className="toolbar"
          onSubmit={event => {
            event.preventDefault()
            if (fit) props.onDone(text.trim())
          }}
        >
          <Input
            aria-label={props.placeholder}
            placeholder={props.placeholder}
            style={{ width: 280 }}
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
          <Button type="primary" htmlType="submit" disabled={!fit}>
            {props.title}
          </Button>
        </form>
      }
    >
      <Button>{props.title}</Button>
    </Popover>
  )
}

function Overtaken({ path, onRedraft }: { path: string; onRedraft?: () => Promise<void> }) {
  const say = useWords()
  const { data } = useApi<{ overtaken: OvertakenFigure[] }>(`${path}/overtaken`)
  if (!data || data.overtaken.length === 0) return null
  return (
    <section className="notice no-print" role="status">
      <strong>{say('overtakenTitle')}</strong>
      <ul>
        {data.overtaken.map(figure => (
          <li key={figure.address}>
            {figure.name}：{say('written')} {figure.written}，{say('now')} {figure.writtenNow}
          </li>
        ))}
      </ul>
      {onRedraft && <Button onClick={() => void onRedraft()}>{say('redraft')}</Button>}
    </section>
  )
}

/** The report read back while it is written: the same reader that audits any report. */
function Check({ blocks }: { blocks: readonly Block[] }) {
  const say = useWords()
  const text = useDeferredValue(useMemo(() => textOf(blocks), [blocks]))
  const reading = useMemo(() => readClaims(text), [text])
  const wrong = reading.identities.filter(identity => !identity.holds)
  return (
    <section className="notice no-print" aria-labelledby="check">
      <strong id="check">{say('audit')}</strong>
      {wrong.length === 0 && reading.blanks.length === 0 && <p>{say('auditFine', { n: reading.claims.length })}</p>}
      <ul>
        {wrong.map(identity => (
          <li key={identity.arithmetic} className="late">
            {say('auditWrong')}：{identity.arithmetic}
          </li>
        ))}
        {reading.blanks.map(blank => (
          <li key={blank.start} className="late">
            {say('blank')}：{text.slice(Math.max(0, blank.start - 10), blank.end + 6)}
          </li>
        ))}
      </ul>
    </section>
  )
}
