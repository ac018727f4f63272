import { Tag } from 'antd'
import { Link } from 'react-router'
import { said, useLanguage } from '../../../../web/src/kit/words.ts'
import { phases } from '../topics.ts'
import type { Board, Step } from './answers.ts'
import { duration, useWords } from './words.ts'

/** The steps of a campaign by phase, and the chain of them that decides how long the cut-over takes. */
export function Steps({ board: { steps, estimate } }: { board: Board }) {
  const say = useWords()
  const language = useLanguage()
  if (steps.length === 0) return null
  const { path, minutes, rehearsals } = estimate
  return (
    <>
      <h2>{say('steps')}</h2>
      {path.length > 0 && (
        <p>
          {say('path', { path: path.join(' → '), minutes: duration(say, minutes) })}（
          {rehearsals > 0 ? say('estimated', { n: rehearsals }) : say('planned')}）
        </p>
      )}
      {(['preparation', 'cutover', 'rollback'] as const).map(phase => {
        const own = steps.filter(step => step.phase === phase)
        if (own.length === 0) return null
        return (
          <section key={phase}>
            <h3>{said(phases[phase], language)}</h3>
            <ul className="cutover-list">
              {own.map(step => (
                <li key={step.id}>
                  <One step={step} isCritical={path.includes(step.code)} />
                </li>
              ))}
            </ul>
          </section>
        )
      })}
    </>
  )
}

function One({ step, isCritical }: { step: Step; isCritical: boolean }) {
  const say = useWords()
  const { id, code, title, owner, dueOn, state, daysLate, slack } = step
  return (
    <>
      <Link to={`/records/${id}`}>
        {code} {title}
      </Link>{' '}
      <span className="quiet">
        {owner} {dueOn}
      </span>{' '}
      <Tag>{say(state as 'waiting' | 'running' | 'blocked' | 'done')}</Tag>
      {isCritical && <b>{say('critical')}</b>}
      {slack !== null && slack > 0 && say('slack', { minutes: duration(say, slack) })}
      {daysLate !== null && daysLate > 0 && say('late', { n: daysLate })}
    </>
  )
}
