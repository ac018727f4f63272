import { App, Button, Input, Select } from 'antd'
import { type FormEvent, useState } from 'react'
import { moment } from '../../kit/format.ts'
import { useApi } from '../../kit/query.ts'
import { useLanguage } from '../../kit/words.ts'
import { useAct } from './act.ts'
import { useWords } from './me-words.ts'
import { Refusal } from './parts.tsx'

interface Token {
  readonly id: string
  readonly name: string
  readonly createdAt: string
  readonly expiresAt: string | null
}

const DAYS = [30, 90, 365] as const

/** Keys for programs that act for the person. Each is told once. */
export function Tokens() {
  const say = useWords()
  const language = useLanguage()
  const { message } = App.useApp()
  const { data } = useApi<{ tokens: Token[] }>('/me/tokens')
  const { act, problem, waiting } = useAct()
  const [name, setName] = useState('')
  const [days, setDays] = useState<number>(90)
  const [told, setTold] = useState<string>()
  async function make(event: FormEvent) {
    event.preventDefault()
    const made = await act<{ token: string }>('/me/tokens', { body: { name, days } }, say('made'), '/me/tokens')
    if (!made) return
    setTold(made.token)
    setName('')
  }
  return (
    <section aria-labelledby="tokens">
      <h2 id="tokens">{say('tokens')}</h2>
      <p className="quiet">{say('tokensHelp')}</p>
      <form className="toolbar" onSubmit={make}>
        <Input
          aria-label={say('tokenName')}
          placeholder={say('tokenName')}
          required
          style={{ width: 220 }}
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
        <Select
          aria-label={say('valid')}
          style={{ width: 110 }}
          value={days}
          options={DAYS.map(value => ({ value, label: say('days', { n: value }) }))}
          onChange={setDays}
        />
        <Button htmlType="submit" loading={waiting}>
          {say('make')}
        </Button>
      </form>
      <Refusal problem={problem} />
      {told && (
        <div className="notice" role="status">
          <p>{say('told')}</p>
          <code className="token">{told}</code>{' '}
          <Button
            size="small"
            onClick={() => void navigator.clipboard?.writeText(told).then(() => message.success(say('copied')))}
          >
            {say('copy')}
          </Button>
        </div>
      )}
      <ul className="plain-list">
        {data?.tokens.map(token => (
          <li key={token.id}>
            <span>
              {token.name}{' '}
              <span className="quiet">
                {moment(token.createdAt, language)}
                {token.expiresAt && ` – ${moment(token.expiresAt, language)}`}
              </span>
            </span>
            <Button
              size="small"
              aria-label={`${say('revoke')} ${token.name}`}
              onClick={() => void act(`/me/tokens/${token.id}`, { method: 'DELETE' }, say('revoked'), '/me/tokens')}
            >
              {say('revoke')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
