import { Alert, Button, Empty, Input, Popconfirm, Select, Space } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { Link } from 'react-router'
import { api, intention, Refused } from '../../../../web/src/kit/api.ts'
import type { Record_ } from '../../../../web/src/kit/declared.ts'
import { usePlace } from '../../../../web/src/kit/place.ts'
import { changed, useApi } from '../../../../web/src/kit/query.ts'
import { said, useLanguage, wordsOf } from '../../../../web/src/kit/words.ts'

// The door of a session: codes are scanned or numbers typed one after another, and the list is closed at the end.

const Scanner = lazy(() => import('../../../../web/src/kit/scanner.tsx'))

const useWords = wordsOf('training-sign-in', {
  zh: {
    session: '场次',
    none: '没有正在签到的场次',
    noneHow: '从培训班记录点“开始一场(签到)”，或新登记一场并把签到名单选为“签到中”。',
    number: '学员号',
    sign: '签到',
    scan: '扫码',
    signed: '{{name}} 已签到，共{{signed}}人次',
    count: '已签到{{n}}人次',
    close: '封存名单',
    closeSure: '封存后不能再签到，到场人次记为{{n}}。',
    yes: '封存',
    no: '再等等',
    closed: '名单已封存，到场{{n}}人次',
  },
  en: {
    session: 'Session',
    none: 'No session is open for signing in',
    noneHow: 'Begin one from the record of a course, or enter a session whose attendance list is open.',
    number: 'Number of the trainee',
    sign: 'Sign in',
    scan: 'Scan',
    signed: '{{name}} signed in, {{signed}} in all',
    count: '{{n}} signed in',
    close: 'Close the list',
    closeSure: 'Nobody can sign in afterwards; attendance becomes {{n}}.',
    yes: 'Close',
    no: 'Not yet',
    closed: 'The list is closed with {{n}}',
  },
})

type Told = { readonly kind: 'success' | 'error'; readonly text: string }

export function Screen() {
  const say = useWords()
  const language = useLanguage()
  const { org } = usePlace()
  const [chosen, setChosen] = useState<string>()
  const [number, setNumber] = useState('')
  const [isScanning, setScanning] = useState(false)
  const [told, setTold] = useState<Told>()
  const open = useApi<{ records: Record_[] }>('/types/training.session/records', {
    org,
    'filter[list]': 'open',
    limit: 50,
  })
  const sessions = open.data?.records ?? []
  const session = sessions.find(one => one.id === chosen) ?? sessions[0]
  const list = useApi<{ count?: number }>(session && '/types/training.attendance/records', {
    'filter[session]': session?.id,
    limit: 1,
    totals: true,
  })
  const count = list.data?.count ?? 0

  async function ask<T>(name: string, body: Record<string, unknown>, words: (answer: T) => string) {
    try {
      const answer = await api<T>(`/domains/training/${name}`, { body: { org, ...body }, key: intention() })
      setTold({ kind: 'success', text: words(answer) })
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      setTold({ kind: 'error', text: said(error.problems[0], language) })
    }
    await changed('/types/training')
  }
  async function sign(code: string) {
    const said = code.trim()
    setNumber('')
    if (said !== '' && session)
      await ask<{ name: string; signed: number }>('sign-in', { session: session.id, number: said }, answer =>
        say('signed', answer),
      )
  }
  const close = () =>
    session &&
    ask<{ attended: number }>('close-list', { session: session.id }, ({ attended }) => say('closed', { n: attended }))

  return (
    <>
      {told && <Alert type={told.kind} showIcon title={told.text} role="status" style={{ marginBottom: 12 }} />}
      {open.data && !session && (
        <Empty
          description={
            <>
              {say('none')}
              <br />
              {say('noneHow')}
            </>
          }
        />
      )}
      {session && (
        <Space direction="vertical" style={{ width: '100%', maxWidth: 560 }}>
          <Select
            aria-label={say('session')}
            style={{ width: '100%' }}
            value={session.id}
            onChange={setChosen}
            options={sessions.map(({ id, day, fields }) => ({
              value: id,
              label: `${day} ${fields.title} ${fields.place}`,
            }))}
          />
          <Space.Compact style={{ width: '100%' }}>
            <Input
              aria-label={say('number')}
              placeholder={say('number')}
              size="large"
              autoFocus
              value={number}
              onChange={({ target }) => setNumber(target.value)}
              onPressEnter={() => void sign(number)}
            />
            <Button size="large" type="primary" onClick={() => void sign(number)}>
              {say('sign')}
            </Button>
            <Button size="large" onClick={() => setScanning(true)}>
              {say('scan')}
            </Button>
          </Space.Compact>
          <Link to={`/ledger/training.attendance?filter[session]=${session.id}`}>{say('count', { n: count })}</Link>
          <Popconfirm
            title={say('closeSure', { n: count })}
            okText={say('yes')}
            cancelText={say('no')}
            onConfirm={() => void close()}
          >
            <Button>{say('close')}</Button>
          </Popconfirm>
        </Space>
      )}
      {isScanning && (
        <Suspense>
          <Scanner
            onRead={text => {
              setScanning(false)
              void sign(text)
            }}
            onCancel={() => setScanning(false)}
          />
        </Suspense>
      )}
    </>
  )
}
