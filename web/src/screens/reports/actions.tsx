import { Button, Dropdown, Input, Popover } from 'antd'
import { useState } from 'react'
import type { ReportDocument } from '../../../../src/kernel/reports/document.ts'
import { type Asked, download } from '../../kit/api.ts'
import { useOrgs } from '../../kit/declared.ts'
import { moment, orgName } from '../../kit/format.ts'
import { useLanguage } from '../../kit/words.ts'
import { periodText } from '../../shell/place-picker.tsx'
import { printOfficial } from './preview.tsx'
import type { Report } from './report-types.ts'
import { useWords } from './words.ts'

interface Props {
  readonly report: Report
  readonly document: ReportDocument
  readonly isChanged: boolean
  readonly mayReport: boolean
  readonly onSave: () => void
  readonly onUndo: (() => void) | undefined
  readonly onAct: (step: string, asked: Asked, done: string) => Promise<Report | undefined>
}

const FORMATS = ['docx', 'html', 'md'] as const

/** What the report is, and all that can be done with it now. */
export function ReportActions({ report, document, isChanged, mayReport, onSave, onUndo, onAct }: Props) {
  const say = useWords()
  const language = useLanguage()
  const orgs = useOrgs()
  const { status, version: ifMatch } = report
  return (
    <div className="toolbar no-print">
      <span>
        <span className={`state ${status}`}>{say(`${status}Status`)}</span>{' '}
        <span className="quiet">
          {orgName(orgs, report.org, language)} · {periodText(report.period, language)} ·{' '}
          {moment(report.issuedAt ?? report.createdAt, language)}
          {report.number && ` · ${report.number}`}
        </span>
      </span>
      {mayReport && status === 'draft' && (
        <>
          <Button type={isChanged ? 'primary' : 'default'} disabled={!isChanged} onClick={onSave}>
            {say('save')}
          </Button>
          <Button disabled={!onUndo} onClick={onUndo}>
            {say('undo')}
          </Button>
          <Reasoned
            title={say('issue')}
            help={say(isChanged ? 'saveFirst' : 'issueHelp')}
            placeholder={say('issueNumber')}
            optional
            disabled={isChanged}
            onDone={number => onAct('issue', { ifMatch, body: number ? { number } : {} }, say('issued'))}
          />
        </>
      )}
      {mayReport && status === 'issued' && (
        <Reasoned
          title={say('withdraw')}
          help={say('withdrawHelp')}
          placeholder={say('why')}
          onDone={reason => onAct('withdraw', { ifMatch, body: { reason } }, say('withdrawn'))}
        />
      )}
      <Dropdown
        trigger={['click']}
        menu={{
          items: FORMATS.map(format => ({
            key: format,
            label: say(format),
            onClick: () => void download(`/reports/${report.id}/download`, { query: { format } }),
          })),
        }}
      >
        <Button disabled={isChanged} title={isChanged ? say('saveFirst') : undefined}>
          {say('download')}
        </Button>
      </Dropdown>
      <Button onClick={() => printOfficial(document)}>{say('print')}</Button>
      {isChanged && <span role="status">{say('unsaved')}</span>}
    </div>
  )
}

interface ReasonedProps {
  readonly title: string
  readonly help: string
  readonly placeholder: string
  readonly optional?: boolean
  readonly disabled?: boolean
  readonly onDone: (text: string) => Promise<unknown>
}

/** A step with a word to it: a number, a reason. */
function Reasoned({ title, help, placeholder, optional, disabled, onDone }: ReasonedProps) {
  const [text, setText] = useState('')
  const [open, setOpen] = useState(false)
  const [waiting, setWaiting] = useState(false)
  const isFit = optional || text.trim().length > 1
  return (
    <Popover
      trigger="click"
      open={open}
      onOpenChange={setOpen}
      content={
        <form
          className="reasoned"
          onSubmit={async event => {
            event.preventDefault()
            if (!isFit || waiting) return
            setWaiting(true)
            await onDone(text.trim())
            setWaiting(false)
            setOpen(false)
          }}
        >
          <p className="quiet">{help}</p>
          <Input
            aria-label={placeholder}
            placeholder={placeholder}
            maxLength={optional ? 60 : 200}
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
          <Button type="primary" htmlType="submit" disabled={!isFit} loading={waiting}>
            {title}
          </Button>
        </form>
      }
    >
      <Button disabled={disabled} title={disabled ? help : undefined}>
        {title}
      </Button>
    </Popover>
  )
}
