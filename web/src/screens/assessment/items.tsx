import { Button, Input, InputNumber, Modal, Table } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { useOrgs } from '../../kit/declared.ts'
import { orgName } from '../../kit/format.ts'
import { usePlaceQuery } from '../../kit/place.ts'
import { useMay } from '../../kit/session.tsx'
import { useLanguage } from '../../kit/words.ts'
import { useAct } from '../admin/act.ts'
import { Refusal } from '../admin/parts.tsx'
import type { Item, Mark, Standing, UnitStanding } from './standing.ts'
import { useWords } from './words.ts'

interface Row {
  readonly item: Item
  readonly value: string | null
  readonly points: number
  readonly mark: Mark | null
}

type Step = 'state' | 'check' | 'appeal' | 'settle'

/** The items of one unit, each with what was reached, its evidence and state, and the step that is next. */
export function ItemTable({ standing, unit }: { standing: Standing; unit: UnitStanding }) {
  const say = useWords()
  const language = useLanguage()
  const orgs = useOrgs()
  const place = usePlaceQuery()
  const mayEnter = useMay('enter')
  const [taken, setTaken] = useState<{ row: Row; step: Step }>()
  const rows: Row[] = standing.items.map((item, i) => ({ item, ...unit.items[i]! }))
  const stepOf = ({ state }: Mark): Step | undefined => {
    if (state === 'open') return mayEnter ? 'state' : undefined
    if (state === 'submitted') return standing.decides ? 'check' : undefined
    if (state === 'published') return mayEnter ? 'appeal' : undefined
    return state === 'appealed' && standing.decides ? 'settle' : undefined
  }
  return (
    <>
      <Table<Row>
        size="small"
        rowKey={row => row.item.code}
        dataSource={rows}
        pagination={false}
        scroll={{ x: 'max-content' }}
        columns={[
          { title: '', render: (_, { item }) => item.code },
          { title: say('item'), render: (_, { item }) => item.title },
          {
            title: say('department'),
            render: (_, { item }) => item.department && orgName(orgs, item.department, language),
          },
          { title: say('due'), render: (_, { item }) => item.dueOn },
          {
            title: say('value'),
            align: 'right',
            render: (_, { item, value }) =>
              item.indicator === null ? (
                (value ?? '—')
              ) : (
                <Link to={`/figures${place}&indicator=${item.indicator}`}>{value ?? '—'}</Link>
              ),
          },
          {
            title: say('evidence'),
            render: (_, { item, mark }) =>
              mark ? (
                <Link to={`/records/${mark.id}${place}`} title={item.evidence ?? undefined}>
                  {mark.files > 0 ? say('files', { n: mark.files }) : (item.evidence ?? say('openRecord'))}
                </Link>
              ) : (
                say('ledger')
              ),
          },
          { title: say('points'), align: 'right', render: (_, { item, points }) => `${points} / ${item.weight}` },
          { title: say('state'), render: (_, { mark }) => mark && say(`mark${mark.state}`) },
          {
            title: '',
            render: (_, row) => {
              const step = row.mark && stepOf(row.mark)
              return (
                step && (
                  <Button size="small" onClick={() => setTaken({ row, step })}>
                    {say(step === 'state' ? 'state_' : step)}
                  </Button>
                )
              )
            },
          },
        ]}
      />
      {taken && <TakeStep {...taken} close={() => setTaken(undefined)} />}
    </>
  )
}

function TakeStep({ row: { item, mark }, step, close }: { row: Row; step: Step; close: () => void }) {
  const say = useWords()
  const { act, problem, waiting } = useAct()
  const [score, setScore] = useState<number | null>(mark!.score ?? mark!.selfScore)
  const [value, setValue] = useState<number | null>(null)
  const [base, setBase] = useState<number | null>(null)
  const [words, setWords] = useState('')
  const isScored = item.source === 'judged' && step !== 'appeal'
  const isTold = item.source === 'value' && step === 'state'
  async function take(back = false) {
    const said = { state: 'statement', check: 'remark', appeal: 'reason', settle: 'ruling' }[step]
    const body = {
      org: mark!.org,
      mark: mark!.id,
      ...(isScored && !back && score !== null ? { score } : {}),
      ...(isTold && value !== null ? { value } : {}),
      ...(isTold && base !== null ? { base } : {}),
      ...(words || step === 'appeal' || step === 'settle' ? { [said]: words } : {}),
      ...(back ? { back } : {}),
    }
    if (
      await act(`/domains/assessment/${step}`, { body }, say('done'), '/domains/assessment', '/awaiting', '/me/notices')
    )
      close()
  }
  const told = [mark!.statement, mark!.remark, mark!.appeal, mark!.ruling].filter(one => one !== null)
  return (
    <Modal
      open
      title={`${item.code} ${item.title}`}
      onCancel={close}
      footer={[
        step === 'check' && (
          <Button key="back" loading={waiting} onClick={() => take(true)}>
            {say('back')}
          </Button>
        ),
        <Button key="take" type="primary" loading={waiting} onClick={() => take()}>
          {say(step === 'state' ? 'state_' : step)}
        </Button>,
      ]}
    >
      {told.map(one => (
        <p key={one} className="quiet">
          {one}
        </p>
      ))}
      {isScored && (
        <p>
          <InputNumber
            aria-label={say('myScore')}
            placeholder={say('myScore')}
            min={0}
            max={item.weight}
            value={score}
            onChange={setScore}
          />{' '}
          / {item.weight} {item.kind === 'veto' && say('fired')}
        </p>
      )}
      {isTold && (
        <p>
          <InputNumber
            aria-label={say('told')}
            placeholder={say('told')}
            style={{ width: 200 }}
            value={value}
            onChange={setValue}
          />{' '}
          <InputNumber aria-label={say('base')} placeholder={say('base')} value={base} onChange={setBase} />
        </p>
      )}
      <Input.TextArea
        aria-label={say('words')}
        placeholder={say('words')}
        rows={3}
        value={words}
        onChange={event => setWords(event.target.value)}
      />
      <Refusal problem={problem} />
    </Modal>
  )
}
