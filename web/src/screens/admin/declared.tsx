import { useDomains, useIndicators, useTypes } from '../../kit/declared.ts'
import { unitOfColumn } from '../../kit/format.ts'
import { said, useLanguage } from '../../kit/words.ts'
import { useWords } from './words.ts'

/** What is recorded and what is counted, as the domains declare it. */
export default function Declared() {
  const say = useWords()
  const language = useLanguage()
  const domains = useDomains()
  const types = useTypes()
  const indicators = useIndicators()
  return domains?.map(({ domain, title }) => {
    const recorded = types?.filter(type => type.domain === domain) ?? []
    const counted = indicators?.filter(indicator => indicator.domain === domain) ?? []
    if (recorded.length + counted.length === 0) return null
    return (
      <section key={domain}>
        <h2>{said(title, language)}</h2>
        <p>
          {say('type')}：{recorded.map(type => said(type.title, language)).join(language === 'zh' ? '、' : ', ')}
        </p>
        <div className="scroll">
          <table className="figures">
            <thead>
              <tr>
                <th scope="col">{say('counts')}</th>
                <th scope="col" className="wide">
                  {say('formula')}
                </th>
              </tr>
            </thead>
            <tbody>
              {counted.map(indicator => (
                <tr key={indicator.indicator}>
                  <th scope="row">
                    {said(indicator.title, language)}{' '}
                    <span className="quiet">
                      {unitOfColumn(indicator.unit, language)} {indicator.indicator}
                    </span>
                  </th>
                  <td className="wide">
                    <code>{indicator.formula}</code>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </section>
    )
  })
}
