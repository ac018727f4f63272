import { Button, Input, Select } from 'antd'
import { type FormEvent, useState } from 'react'
import { DayInput } from '../../kit/day-input.tsx'
import type { Org } from '../../kit/declared.ts'
import { orgName, today } from '../../kit/format.ts'
import { useLanguage } from '../../kit/words.ts'
import { useAct } from './act.ts'
import { useWords } from './orgs-words.ts'
import { Labelled, Refusal } from './parts.tsx'

/** New units in the place of one, and to which of them each unit beneath it goes. */
export function OrgSplit({ unit, orgs }: { unit: Org; orgs: readonly Org[] }) {
  const say = useWords()
  const language = useLanguage()
  const { act, problem, waiting } = useAct()
  const children = orgs.filter(org => org.parent === unit.code && org.closed > today())
  const [parts, setParts] = useState([1, 2].map(n => ({ name: '', code: `${unit.code}-${n}` })))
  const [takes, setTakes] = useState<Readonly<Record<string, number>>>({})
  const [asOf, setAsOf] = useState(today)
  const put = (at: number, part: Partial<(typeof parts)[number]>) =>
    setParts(parts.map((one, i) => (i === at ? { ...one, ...part } : one)))
  async function split(event: FormEvent) {
    event.preventDefault()
    const body = {
      asOf,
      parts: parts.map((part, i) => ({
        ...part,
        kind: unit.kind,
        takes: children.filter(({ code }) => (takes[code] ?? 0) === i).map(({ code }) => code),
      })),
    }
    await act(`/orgs/${unit.code}/split`, { body }, say('changed'), '/orgs', '/figures')
  }
  return (
    <form className="stack" onSubmit={split}>
      <p className="quiet">{say('splitHelp', { name: orgName(orgs, unit.code, language) })}</p>
      {parts.map((part, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts have no name before they are named
        <fieldset key={i} className="part">
          <legend>{say('part', { n: i + 1 })}</legend>
          <Input
            aria-label={`${say('name')} ${i + 1}`}
            placeholder={say('name')}
            required
            value={part.name}
            onChange={({ target }) => put(i, { name: target.value })}
          />
          <Input
            aria-label={`${say('code')} ${i + 1}`}
            placeholder={say('code')}
            required
            value={part.code}
            onChange={({ target }) => put(i, { code: target.value })}
          />
        </fieldset>
      ))}
      <div className="actions">
        <Button
          size="small"
          onClick={() => setParts([...parts, { name: '', code: `${unit.code}-${parts.length + 1}` }])}
        >
          {say('morePart')}
        </Button>
        {parts.length > 1 && (
          <Button size="small" onClick={() => setParts(parts.slice(0, -1))}>
            {say('lessPart')}
          </Button>
        )}
      </div>
      {children.map(({ code }) => (
        <Labelled key={code} id={`takes-${code}`} title={say('goesTo', { name: orgName(orgs, code, language) })}>
          <Select
            id={`takes-${code}`}
            value={Math.min(takes[code] ?? 0, parts.length - 1)}
            options={parts.map((part, i) => ({ value: i, label: part.name || say('part', { n: i + 1 }) }))}
            onChange={to => setTakes({ ...takes, [code]: to })}
          />
        </Labelled>
      ))}
      <Labelled title={say('asOf')} id="split-as-of">
        <DayInput id="split-as-of" required max={today()} value={asOf} onChange={setAsOf} />
      </Labelled>
      <Refusal problem={problem} />
      <Button type="primary" htmlType="submit" loading={waiting}>
        {say('split')}
      </Button>
    </form>
  )
}
