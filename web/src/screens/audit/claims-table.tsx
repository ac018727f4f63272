import { useMemo, useState } from 'react'
import type { Audit } from '../../../../src/kernel/claims/audit.ts'
import type { Claim } from '../../../../src/kernel/claims/claim.ts'
import { verdictWords } from '../../../../src/kernel/claims/output-html.ts'
import { useLanguage } from '../../kit/words.ts'
import { isContradicted, markOf, SIGNS, signOf } from './marks.ts'
import { useWords } from './words.ts'

interface Props {
  readonly audit: Audit
  readonly chosen: number | undefined
  readonly onChoose: (claim: number) => void
}

type Column = 'quote' | 'noun' | 'value' | 'period' | 'verdict'

const number = new Intl.NumberFormat('en', { maximumFractionDigits: 6 })

/** Every number of the text, in its order or sorted by a column. */
export function ClaimsTable({ audit, chosen, onChoose }: Props) {
  const say = useWords()
  const language = useLanguage()
  const [sort, setSort] = useState<{ by: Column; down: boolean }>()
  const { claims, links } = audit
  const rows = useMemo(() => {
    const keyOf = (claim: Claim, i: number): string | number => {
      if (!sort) return i
      switch (sort.by) {
        case 'value':
          return claim.normalized
        case 'verdict':
          return markOf(audit, i)
        case 'period':
          return claim.period ?? ''
        default:
          return claim[sort.by]
      }
    }
    const keyed = audit.claims.map((claim, i) => ({ claim, i, key: keyOf(claim, i) }))
    keyed.sort((a, b) => compare(a.key, b.key) * (sort?.down ? -1 : 1) || a.i - b.i)
    return keyed
  }, [audit, sort])
  // Third time round the text's own order comes back.
  const turn = (by: Column) =>
    setSort(sort?.by !== by ? { by, down: false } : sort.down ? undefined : { by, down: true })
  const columns: readonly (readonly [Column, string])[] = [
    ['quote', ''],
    ['noun', ''],
    ['value', 'number'],
    ['period', 'wide'],
    ['verdict', ''],
  ]
  if (claims.length === 0) return null
  return (
    <section aria-labelledby="audit-claims">
      <h2 id="audit-claims">{say('claims')}</h2>
      <div className="scroll">
        <table className="figures">
          <thead>
            <tr>
              {columns.map(([column, className]) => (
                <th
                  key={column}
                  scope="col"
                  className={className}
                  aria-sort={sort?.by === column ? (sort.down ? 'descending' : 'ascending') : 'none'}
                >
                  <button type="button" className="sort" onClick={() => turn(column)}>
                    {say(column)} {sort?.by === column && <span aria-hidden="true">{sort.down ? '↓' : '↑'}</span>}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ claim, i }) => (
              <tr key={i} id={`claim-${i}`} className={i === chosen ? 'chosen' : undefined}>
                <th scope="row">
                  <button type="button" className="plain" onClick={() => onChoose(i)}>
                    {claim.quote}
                  </button>
                  {isContradicted(audit, i) && (
                    <span className="late" title={say('mark-identity')}>
                      {' '}
                      {SIGNS.identity}
                    </span>
                  )}
                </th>
                <td>
                  {claim.noun}
                  <span className="quiet">{asides(claim).map(word => ` ${say(word)}`)}</span>
                </td>
                <td className="number">
                  {number.format(claim.normalized)}
                  {claim.normalizedUpper !== null && `–${number.format(claim.normalizedUpper)}`} {claim.base}
                </td>
                <td className="wide">{claim.period}</td>
                <td>
                  {signOf(audit, i)} {links[i] ? verdictWords(links[i].verdict, language) : ''}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

const asides = ({ target, prior, cumulative }: Claim): ('target' | 'prior' | 'cumulative')[] => [
  ...(target ? (['target'] as const) : []),
  ...(prior ? (['prior'] as const) : []),
  ...(cumulative ? (['cumulative'] as const) : []),
]

const collator = new Intl.Collator('zh')

const compare = (a: string | number, b: string | number): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b))
