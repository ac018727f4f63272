import { Button } from 'antd'
import { type FormEvent, useState } from 'react'
import { api } from '../../kit/api.ts'
import { changed } from '../../kit/query.ts'
import { useDone } from './done.tsx'
import { useWords } from './words.ts'

interface Props {
  readonly record: string
  readonly onRevealed: (fields: Readonly<Record<string, string | null>>) => void
}

/** Shows personal data in full to whoever says what for; the journal keeps who looked, when, and why. */
export function Reveal({ record, onRevealed }: Props) {
  const say = useWords()
  const { refused } = useDone()
  const [purpose, setPurpose] = useState<string>()
  async function reveal(event: FormEvent) {
    event.preventDefault()
    try {
      const { fields } = await api<{ fields: Record<string, string | null> }>(`/records/${record}/reveal`, {
        body: { purpose },
      })
      onRevealed(fields)
      setPurpose(undefined)
      await changed(`/records/${record}/history`)
    } catch (error) {
      refused(error)
    }
  }
  if (purpose === undefined)
    return (
      <Button className="no-print" onClick={() => setPurpose('')}>
        {say('reveal')}
      </Button>
    )
  return (
    <form className="reason no-print" onSubmit={reveal}>
      <input
        // biome-ignore lint/a11y/noAutofocus: it was asked for with the button before
        autoFocus
        className="words"
        required
        minLength={2}
        maxLength={1000}
        aria-label={say('purpose')}
        placeholder={say('purpose')}
        value={purpose}
        onChange={({ target }) => setPurpose(target.value)}
      />
      <Button type="primary" htmlType="submit">
        {say('reveal')}
      </Button>
      <Button type="text" onClick={() => setPurpose(undefined)}>
        {say('cancel')}
      </Button>
    </form>
  )
}
