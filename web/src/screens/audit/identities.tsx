import type { Audit } from '../../../../src/kernel/claims/audit.ts'
import { useWords } from './words.ts'

interface Props {
  readonly audit: Audit
  readonly onChoose: (claim: number) => void
}

/** What follows from several numbers of the text, with the arithmetic; those that fail come first. */
export function Identities({ audit: { identities }, onChoose }: Props) {
  const say = useWords()
  if (identities.length === 0) return null
  const sorted = [...identities].sort((a, b) => Number(a.holds) - Number(b.holds))
  return (
    <section aria-labelledby="audit-identities">
      <h2 id="audit-identities">{say('identities')}</h2>
      <div className="scroll">
        <table className="figures">
          <thead>
            <tr>
              <th scope="col">{say('arithmetic')}</th>
              <th scope="col">{say('kind')}</th>
              <th scope="col">{say('result')}</th>
            </tr>
          </thead>
          <tbody>
            {sorted.map(identity => (
              <tr key={`${identity.type} ${identity.claims.join(' ')} ${identity.arithmetic}`}>
                <th scope="row">
                  <button type="button" className="plain" onClick={() => onChoose(identity.claims[0] ?? 0)}>
                    {identity.arithmetic}
                  </button>
                </th>
                <td>{say(`type-${identity.type}`)}</td>
                <td className={identity.holds ? undefined : 'late'}>
                  {identity.holds ? `✓ ${say('holds')}` : `≠ ${say('fails')}`}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
