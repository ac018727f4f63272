import { App } from 'antd'
import { useState } from 'react'
import { type Asked, api, type Problem, Refused } from '../../kit/api.ts'
import { changed } from '../../kit/query.ts'
import { said, useLanguage } from '../../kit/words.ts'

/** Does one thing over the API: tells what came of it, keeps what was refused for its field, asks anew what changed. */
export function useAct() {
  const language = useLanguage()
  const { message } = App.useApp()
  const [problem, setProblem] = useState<Problem>()
  const [waiting, setWaiting] = useState(false)
  async function act<T = unknown>(
    path: string,
    asked: Asked,
    done: string,
    ...stale: string[]
  ): Promise<T | undefined> {
    setWaiting(true)
    try {
      const answer = await api<T | undefined>(path, asked)
      setProblem(undefined)
      message.success(done)
      await changed(...stale)
      // An answer without a body is still an answer.
      return answer ?? ({} as T)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      setProblem(error.problems[0])
      return undefined
    } finally {
      setWaiting(false)
    }
  }
  const wrongAt = (field: string) => (problem?.field === field ? said(problem, language) : undefined)
  return { act, problem, wrongAt, waiting, forget: () => setProblem(undefined) }
}
