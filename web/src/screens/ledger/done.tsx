import { App } from 'antd'
import { api, Refused } from '../../kit/api.ts'
import { changed } from '../../kit/query.ts'
import { said, useLanguage } from '../../kit/words.ts'
import { useWords } from './words.ts'

/** What moves when records change. */
export const recordsChanged = (): Promise<void> => changed('/records', '/types/', '/figures', '/awaiting', '/reports')

const UNDO_SECONDS = 8
const AT_ONCE = 4

export interface Done {
  readonly id: string
  readonly version: number
}

/** Says that something was done, and offers to take it back. Instead of asking beforehand whether one is sure. */
export function useDone() {
  const { message } = App.useApp()
  const say = useWords()
  const language = useLanguage()

  const refused = (error: unknown) => {
    if (!(error instanceof Refused)) throw error
    message.error(said(error.problems[0], language))
  }

  async function undo(done: readonly Done[], onUndone: () => void) {
    message.destroy('done')
    const left = [...done]
    let undone = 0
    const work = async () => {
      for (let one = left.shift(); one; one = left.shift()) {
        await api(`/records/${one.id}/undo`, { method: 'POST', ifMatch: one.version })
        undone++
      }
    }
    try {
      await Promise.all(Array.from({ length: AT_ONCE }, work))
      message.success(say('undone', { n: undone }))
    } catch (error) {
      left.length = 0
      refused(error)
    }
    onUndone()
    await recordsChanged()
  }

  return {
    refused,
    done(words: string, records: readonly Done[] = [], onUndone: () => void = () => undefined) {
      message.open({
        key: 'done',
        type: 'success',
        duration: UNDO_SECONDS,
        content: (
          <>
            {words}{' '}
            {records.length > 0 && (
              <button type="button" className="plain undo" onClick={() => void undo(records, onUndone)}>
                {say('undoLast')}
              </button>
            )}
          </>
        ),
      })
    },
  }
}
