import { Button, Checkbox, Input } from 'antd'
import { type DragEvent, useRef, useState } from 'react'
import type { Reading } from '../../../../src/kernel/claims/claim.ts'
import { api, download, Refused } from '../../kit/api.ts'
import { useOrgs } from '../../kit/declared.ts'
import { orgName } from '../../kit/format.ts'
import { usePlace } from '../../kit/place.ts'
import { said, useLanguage } from '../../kit/words.ts'
import { periodText } from '../../shell/place-picker.tsx'
import { useWords } from './words.ts'

interface Props {
  readonly text: string
  /** The file the text came from, as long as nobody has written in the text. */
  readonly file: File | undefined
  readonly isHeld: boolean
  readonly onText: (text: string) => void
  readonly onFile: (file: File, text: string) => void
  readonly onHeld: (isHeld: boolean) => void
}

/** Where the text comes from: pasted, opened, or dropped. */
export function Intake({ text, file, isHeld, onText, onFile, onHeld }: Props) {
  const say = useWords()
  const language = useLanguage()
  const { org, period } = usePlace()
  const orgs = useOrgs()
  const chooser = useRef<HTMLInputElement>(null)
  const [isOver, setOver] = useState(false)
  const [waiting, setWaiting] = useState(false)
  const [refused, setRefused] = useState('')

  async function work(doing: () => Promise<void>) {
    setWaiting(true)
    setRefused('')
    try {
      await doing()
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      setRefused(said(error.problems[0], language))
    } finally {
      setWaiting(false)
    }
  }
  const formOf = (one: File) => {
    const form = new FormData()
    form.append('file', one)
    return form
  }
  const open = (one: File | undefined) =>
    one &&
    work(async () => onFile(one, (await api<Reading>('/audit/file', { method: 'POST', form: formOf(one) })).text))
  const takeMarked = (one: File) =>
    work(() => download('/audit/marked', { method: 'POST', query: { org, period }, form: formOf(one) }))
  function drop(event: DragEvent) {
    event.preventDefault()
    setOver(false)
    void open(event.dataTransfer.files[0])
  }

  return (
    <section
      className={isOver ? 'intake over' : 'intake'}
      aria-label={say('paste')}
      onDragOver={event => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Input.TextArea
        aria-label={say('paste')}
        placeholder={say('help')}
        autoSize={{ minRows: 4, maxRows: text === '' ? 4 : 8 }}
        value={text}
        onChange={({ target }) => onText(target.value)}
      />
      <div className="toolbar no-print">
        <Button loading={waiting} onClick={() => chooser.current?.click()}>
          {say('open')}
        </Button>
        <input
          ref={chooser}
          hidden
          type="file"
          accept=".txt,.text,.md,.markdown,.html,.htm,.docx"
          aria-label={say('open')}
          onChange={({ target }) => {
            void open(target.files?.[0])
            target.value = ''
          }}
        />
        {file && (
          <>
            <span>{file.name}</span>
            <Button onClick={() => void takeMarked(file)}>
              {say(/\.docx$/i.test(file.name) ? 'markedDocx' : 'markedPage')}
            </Button>
          </>
        )}
        {text === '' && <Button onClick={() => onText(SAMPLE)}>{say('sample')}</Button>}
        {text !== '' && <Button onClick={() => onText('')}>{say('clear')}</Button>}
        <Checkbox checked={isHeld} onChange={({ target }) => onHeld(target.checked)}>
          {say('against', { org: orgName(orgs, org, language), period: periodText(period, language) })}
        </Checkbox>
      </div>
      <p className="quiet">{say(isHeld ? 'privacyHeld' : 'privacyAlone')}</p>
      {refused && (
        <p className="wrong" role="alert">
          {refused}
        </p>
      )}
    </section>
  )
}

/** Written for this page: a sum that does not add up, growth that does, and a blank. */
const SAMPLE = `某县科技局2024年工作总结
一、科技服务热线
全年接听求助电话769个，得到答复和指导的农民3260多人次。
二、检测与培训
检测样品1549个，其中土壤样品1054个，农产品样品485个。
举办培训班12期，培训农民____人次。
三、项目与资金
争取科技资金90万元，比上年增加75万元，上年为15万元。`
