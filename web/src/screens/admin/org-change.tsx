import { Button, Input, Select } from 'antd'
import { type FormEvent, useState } from 'react'
import { DayInput } from '../../kit/day-input.tsx'
import type { Org } from '../../kit/declared.ts'
import { orgName, today } from '../../kit/format.ts'
import { KIND_NAMES, kindName } from '../../kit/org-kinds.ts'
import { useMay } from '../../kit/session.tsx'
import { useLanguage } from '../../kit/words.ts'
import { useAct } from './act.ts'
import { OrgSplit } from './org-split.tsx'
import { useWords } from './orgs-words.ts'
import { Labelled, OrgSelect, Refusal } from './parts.tsx'

const KINDS = ['create', 'rename', 'move', 'merge', 'split', 'close'] as const
type Kind = (typeof KINDS)[number]

/** A change that was begun elsewhere: dragged in the tree. */
export interface Step {
  readonly kind: 'move'
  readonly to: string
}

interface Props {
  readonly unit: Org
  readonly orgs: readonly Org[]
  readonly begin: Step | undefined
  readonly isNow: boolean
}

/** What can be done with one unit, each as of a day. */
export function OrgChange({ unit, orgs, begin, isNow }: Props) {
  const say = useWords()
  const language = useLanguage()
  const may = useMay('administer')
  const [kind, setKind] = useState<Kind>(begin?.kind ?? 'create')
  const name = orgName(orgs, unit.code, language)
  return (
    <section className="panel" aria-labelledby="unit">
      <h2 id="unit">{name}</h2>
      <p className="quiet">
        {unit.code} · {kindName(unit.kind, language)} ·{' '}
        {say('since', { day: unit.opened === '0001-01-01' ? '—' : unit.opened })}
      </p>
      {may && isNow && (
        <>
          <fieldset className="segments" aria-label={say('change')}>
            {KINDS.map(one => (
              <button key={one} type="button" aria-pressed={one === kind} onClick={() => setKind(one)}>
                {say(one)}
              </button>
            ))}
          </fieldset>
          {kind === 'create' ? (
            <Create parent={unit} orgs={orgs} />
          ) : kind === 'split' ? (
            <OrgSplit unit={unit} orgs={orgs} />
          ) : (
            <AsOf key={kind} kind={kind} unit={unit} orgs={orgs} to={kind === 'move' ? begin?.to : undefined} />
          )}
        </>
      )}
    </section>
  )
}

function Create({ parent, orgs }: { parent: Org; orgs: readonly Org[] }) {
  const say = useWords()
  const { act, problem, wrongAt, waiting } = useAct()
  const language = useLanguage()
  const kinds = [...new Set([...orgs.map(({ kind }) => kind), ...KIND_NAMES])]
  const below = orgs.find(org => org.parent === parent.code)
  const empty = { code: '', name: '', kind: below?.kind ?? parent.kind, opened: '' }
  const [entered, setEntered] = useState(empty)
  async function create(event: FormEvent) {
    event.preventDefault()
    const { opened, ...unit } = entered
    const body = { units: [{ ...unit, parent: parent.code, ...(opened ? { opened } : {}) }] }
    if (await act('/orgs', { body }, say('created'), '/orgs')) setEntered(empty)
  }
  const field = (name: keyof typeof empty, more: object = {}) => (
    <Labelled title={say(name)} id={`new-${name}`} wrong={wrongAt(name)}>
      <Input
        id={`new-${name}`}
        value={entered[name]}
        onChange={({ target }) => setEntered({ ...entered, [name]: target.value })}
        {...more}
      />
    </Labelled>
  )
  return (
    <form className="stack" onSubmit={create}>
      {field('name', { required: true })}
      {field('code', { required: true, placeholder: `${parent.code}-…` })}
      <Labelled title={say('kind')} id="new-kind" wrong={wrongAt('kind')}>
        <Select
          id="new-kind"
          style={{ width: '100%' }}
          value={entered.kind}
          options={kinds.map(kind => ({ value: kind, label: kindName(kind, language) }))}
          onChange={kind => setEntered({ ...entered, kind })}
        />
      </Labelled>
      <Labelled title={say('opened')} id="new-opened" wrong={wrongAt('opened')}>
        <DayInput id="new-opened" value={entered.opened} onChange={opened => setEntered({ ...entered, opened })} />
      </Labelled>
      <Refusal problem={problem} fields={['name', 'code', 'kind', 'opened']} />
      <Button type="primary" htmlType="submit" loading={waiting}>
        {say('create')}
      </Button>
    </form>
  )
}

interface AsOfProps {
  readonly kind: 'rename' | 'move' | 'merge' | 'close'
  readonly unit: Org
  readonly orgs: readonly Org[]
  readonly to: string | undefined
}

/** A change with at most one thing to say besides its day. */
function AsOf({ kind, unit, orgs, to }: AsOfProps) {
  const say = useWords()
  const language = useLanguage()
  const { act, problem, wrongAt, waiting } = useAct()
  const [asOf, setAsOf] = useState(today)
  const [name, setName] = useState(unit.name)
  const [other, setOther] = useState(to)
  const bodies = { rename: { name }, move: { parent: other }, merge: { into: other }, close: {} }
  const needsOther = kind === 'move' || kind === 'merge'
  async function change(event: FormEvent) {
    event.preventDefault()
    if (needsOther && !other) return
    await act(`/orgs/${unit.code}/${kind}`, { body: { ...bodies[kind], asOf } }, say('changed'), '/orgs', '/figures')
  }
  return (
    <form className="stack" onSubmit={change}>
      <p className="quiet">{say(`${kind}Help`, { name: orgName(orgs, unit.code, language) })}</p>
      {kind === 'rename' && (
        <Labelled title={say('newName')} id="rename" wrong={wrongAt('name')}>
          <Input id="rename" required value={name} onChange={({ target }) => setName(target.value)} />
        </Labelled>
      )}
      {needsOther && (
        <Labelled title={say(kind === 'move' ? 'under' : 'into')} id="other" wrong={wrongAt('parent')}>
          <OrgSelect
            id="other"
            label={say(kind === 'move' ? 'under' : 'into')}
            value={other}
            without={unit.code}
            onChange={setOther}
          />
        </Labelled>
      )}
      <Labelled title={say('asOf')} id="as-of" wrong={wrongAt('asOf')}>
        <DayInput id="as-of" required max={today()} value={asOf} onChange={setAsOf} />
      </Labelled>
      <Refusal problem={problem} fields={['name', 'parent', 'asOf']} />
      <Button type="primary" htmlType="submit" loading={waiting} disabled={needsOther && !other}>
        {say(kind)}
      </Button>
    </form>
  )
}
