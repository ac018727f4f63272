import './ledger.css'
import { App, Button } from 'antd'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { type Asked, api, type Problem, Refused } from '../../kit/api.ts'
import { fieldsOf, type Record_, type RecordType, useOrgs, useType } from '../../kit/declared.ts'
import { moment, orgName, shown, stateName, titleOf } from '../../kit/format.ts'
import { usePlaceQuery } from '../../kit/place.ts'
import { changed, useApi } from '../../kit/query.ts'
import { said, useLanguage } from '../../kit/words.ts'
import { type EvidenceFile, EvidenceList } from './evidence.tsx'
import { History } from './history.tsx'
import { RecordForm, type Values } from './record-form.tsx'
import { statusWord, useWords } from './words.ts'

export interface ShownRecord extends Record_ {
  readonly orgName: string
  readonly updatedByName: string | null
  readonly evidence: readonly EvidenceFile[]
  readonly may: Readonly<Record<'change' | 'submit' | 'confirm' | 'return' | 'void' | 'undo' | 'reveal', boolean>> & {
    readonly states: readonly string[]
  }
}

export function Screen() {
  const { record: id = '' } = useParams()
  const { data: record, error } = useApi<ShownRecord>(`/records/${id}`)
  const type = useType(record?.type)
  if (error) throw error
  return record && type ? <Shown key={id} record={record} type={type} /> : <p className="quiet">…</p>
}

/** One record: what it says, what may be done with it, its evidence and its history. */
function Shown({ record, type }: { record: ShownRecord; type: RecordType }) {
  const say = useWords()
  const language = useLanguage()
  const { message } = App.useApp()
  const orgs = useOrgs()
  const place = usePlaceQuery()
  const path = `/records/${record.id}`
  const [editing, setEditing] = useState<Values>()
  const [problems, setProblems] = useState<readonly Problem[]>([])
  const [based, setBased] = useState(record.version)
  /** What the record said when editing began: only what differs from that was meant. */
  const [begun, setBegun] = useState<Values>(record.fields)
  const refresh = () => changed('/records', '/types/', '/figures', '/awaiting', '/reports')

  async function act(step: string, asked: Asked) {
    try {
      await api(`${path}/${step}`, { method: 'POST', ...asked })
      message.success(say('done'))
      await refresh()
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      message.error(said(error.problems[0], language))
    }
  }
  async function save() {
    if (!editing) return
    const fields = Object.fromEntries(
      fieldsOf(type).flatMap(({ name, computed }) => {
        const [before, now] = [begun[name], editing[name]]
        // Only what was changed is sent: masked values that were left alone stay what they are.
        return computed || JSON.stringify(before) === JSON.stringify(now) ? [] : [[name, now ?? null]]
      }),
    )
    try {
      await api(path, { method: 'PATCH', ifMatch: based, body: { fields } })
      setEditing(undefined)
      setProblems([])
      message.success(say('saved'))
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      setProblems(error.problems)
    }
    await refresh()
  }
  const isStale = problems.some(({ code }) => code === 'record/stale')
  const edit = () => {
    setBased(record.version)
    setProblems([])
    setBegun(record.fields)
    setEditing(record.fields)
  }
  return (
    <>
      <p className="no-print">
        <Link to={`/ledger/${type.type}${place}`}>{said(type.title, language)}</Link>
      </p>
      <h1>
        {said(type.title, language)}{' '}
        <span className="quiet">
          {record.day} · {say(statusWord[record.status])} {record.state && stateName(type, record.state, language)}
        </span>
      </h1>
      {editing ? (
        <>
          {isStale && (
            <Conflict
              type={type}
              begun={begun}
              theirs={record.fields}
              mine={editing}
              onTaken={() => setBased(record.version)}
            />
          )}
          <RecordForm
            type={type}
            org={record.org}
            values={editing}
            problems={problems.filter(({ code }) => code !== 'record/stale')}
            except={record.id}
            onChange={setEditing}
            onSubmit={() => void save()}
          >
            <Button type="primary" htmlType="submit" disabled={isStale && based !== record.version}>
              {say('save')}
            </Button>
            <Button type="text" onClick={() => setEditing(undefined)}>
              {say('cancel')}
            </Button>
          </RecordForm>
        </>
      ) : (
        <>
          <Actions record={record} onEdit={edit} act={act} />
          <dl className="record">
            {fieldsOf(type).map(field => (
              <div key={field.name} className={field.multiline || field.kind === 'rows' ? 'wide-field' : undefined}>
                <dt>{titleOf(field, language)}</dt>
                <dd>{shown(field, record.fields[field.name], language, orgs) || '—'}</dd>
              </div>
            ))}
            <div>
              <dt>{say('org')}</dt>
              <dd>{orgName(orgs, record.org, language)}</dd>
            </div>
          </dl>
          <p className="quiet">
            {say('changedBy', {
              name: record.updatedByName ?? say('system'),
              when: moment(record.updatedAt, language),
            })}
          </p>
        </>
      )}
      <EvidenceList record={record.id} files={record.evidence} mayAdd={record.may.change} />
      <History record={record.id} type={type} />
    </>
  )
}

interface ActionsProps {
  readonly record: ShownRecord
  readonly onEdit: () => void
  readonly act: (step: string, asked: Asked) => Promise<void>
}

function Actions({ record, onEdit, act }: ActionsProps) {
  const say = useWords()
  const { may, version: ifMatch } = record
  const [reasoned, setReasoned] = useState<'return' | 'void'>()
  const [why, setWhy] = useState('')
  return (
    <div className="toolbar no-print">
      {may.change && (
        <Button type="primary" onClick={onEdit}>
          {say('edit')}
        </Button>
      )}
      {(['submit', 'confirm', 'undo'] as const).map(
        step =>
          may[step] && (
            <Button key={step} onClick={() => void act(step, { ifMatch })}>
              {say(step)}
            </Button>
          ),
      )}
      {(['return', 'void'] as const).map(
        step =>
          may[step] && (
            <Button key={step} onClick={() => setReasoned(step)}>
              {say(step)}
            </Button>
          ),
      )}
      {reasoned && (
        <form
          className="toolbar"
          onSubmit={event => {
            event.preventDefault()
            void act(reasoned, { ifMatch, body: { reason: why } })
            setReasoned(undefined)
          }}
        >
          <input
            aria-label={say('why')}
            placeholder={say('why')}
            required
            minLength={2}
            value={why}
            onChange={({ target }) => setWhy(target.value)}
          />
          <Button htmlType="submit">{say(reasoned)}</Button>
        </form>
      )}
    </div>
  )
}

interface ConflictProps {
  readonly type: RecordType
  readonly begun: Values
  readonly theirs: Values
  readonly mine: Values
  readonly onTaken: () => void
}

/** What somebody else saved in between, beside what one has entered oneself. */
function Conflict({ type, begun, theirs, mine, onTaken }: ConflictProps) {
  const say = useWords()
  const language = useLanguage()
  const orgs = useOrgs()
  const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)
  const fields = fieldsOf(type).filter(({ computed }) => !computed)
  const differing = fields.filter(({ name }) => !same(theirs[name], begun[name]) || !same(mine[name], begun[name]))
  /** What one left alone will be as the other saved it. */
  const kept = (name: string) => (same(mine[name], begun[name]) ? theirs[name] : mine[name])
  return (
    <section className="notice" role="alert">
      <p>{say('stale')}</p>
      <table className="figures">
        <thead>
          <tr>
            <td />
            <th scope="col">{say('theirs')}</th>
            <th scope="col">{say('mine')}</th>
          </tr>
        </thead>
        <tbody>
          {differing.map(field => (
            <tr key={field.name}>
              <th scope="row">{titleOf(field, language)}</th>
              <td>{shown(field, theirs[field.name], language, orgs)}</td>
              <td>{shown(field, kept(field.name), language, orgs)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Button onClick={onTaken}>{say('saveAnyway')}</Button>
    </section>
  )
}
