import { Drawer, Skeleton } from 'antd'
import { Link } from 'react-router'
import { addressOf, type FigureAddress } from '../../../../../src/kernel/reports/address.ts'
import { type Indicator, useIndicators } from '../../../kit/declared.ts'
import { digits, inWords, unitOfColumn } from '../../../kit/format.ts'
import { said, useLanguage } from '../../../kit/words.ts'
import { useNames } from '../names.ts'
import { useExplained } from './address.ts'
import { type Explanation, figureOf, useExplanation } from './explanation.ts'
import { Records } from './records.tsx'
import './explain.css'
import { Units } from './units.tsx'
import { useWords } from './words.ts'

/** The panel beside any screen that shows figures. What it explains stands in the address. */
export default function ExplainPanel() {
  const say = useWords()
  const { address, close } = useExplained()
  const figure = address === undefined ? undefined : figureOf(address)
  return (
    <Drawer
      open={figure !== undefined}
      onClose={close}
      title={say('title')}
      size={Math.min(640, window.innerWidth)}
      styles={{ body: { padding: 16 } }}
      destroyOnHidden
    >
      {figure && <Explained key={address} figure={figure} />}
    </Drawer>
  )
}

function Explained({ figure }: { figure: FigureAddress }) {
  const say = useWords()
  const language = useLanguage()
  const names = useNames()
  const indicator = useIndicators()?.find(one => one.indicator === figure.indicator)
  const found = useExplanation(figure)
  if (found.error)
    return (
      <p className="wrong" role="alert">
        {said(found.error.problems[0], language)}
      </p>
    )
  const first = found.data?.pages[0]
  if (!first || !indicator) return <Skeleton active />
  const narrowed = Object.entries(figure.where ?? {}).map(([name, value]) => names.key(indicator, name, value))
  return (
    <div className="explained" data-explained={figure.indicator}>
      <p className="quiet">
        {[names.org(figure.org), figure.scope === 'self' ? say('own') : '', names.period(figure.period), ...narrowed]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <h2>{said(indicator.title, language)}</h2>
      <p className="big number">{inWords(first.value, first.unit, language)}</p>
      <p>
        <span className="quiet">{say('computed')}</span> <code>{first.formula}</code>
      </p>
      <Components figure={figure} explanation={first} />
      <Units figure={figure} indicator={indicator} explanation={first} />
      {indicator.kind !== 'formula' && indicator.kind !== 'units' && <Records indicator={indicator} found={found} />}
      <p>
        <Link to={explorerOf(figure, indicator)}>{say('explorer')}</Link>
      </p>
      <p className="quiet">{say('how')}</p>
    </div>
  )
}

const explorerOf = ({ org, period, where }: FigureAddress, { indicator }: Indicator) =>
  `/figures?${new URLSearchParams({
    indicator,
    org,
    period,
    by: 'month',
    ...Object.fromEntries(Object.entries(where ?? {}).map(([name, value]) => [`where.${name}`, value])),
  })}`

/** The figures that a formula is made of, each to be opened in turn. */
function Components({ figure, explanation }: { figure: FigureAddress; explanation: Explanation }) {
  const say = useWords()
  const language = useLanguage()
  const names = useNames()
  const indicators = useIndicators()
  const { open } = useExplained()
  if (explanation.components.length === 0) return null
  return (
    <section>
      <h3>{say('components')}</h3>
      <table className="figures">
        <thead>
          <tr>
            <th scope="col">{say('indicator')}</th>
            <th scope="col">{say('period')}</th>
            <th scope="col" className="number">
              {say('value')}
            </th>
          </tr>
        </thead>
        <tbody>
          {explanation.components.map(({ indicator: id, period, where, value }) => {
            const indicator = indicators?.find(one => one.indicator === id)
            const narrowed = Object.entries(where).map(([name, one]) => names.key(indicator, name, one))
            const unit = indicator?.unit ?? 'item'
            return (
              <tr key={`${id} ${period} ${narrowed}`}>
                <th scope="row">
                  {said(indicator?.title, language) || id}
                  {narrowed.length > 0 && ` (${narrowed.join(', ')})`}{' '}
                  <span className="unit quiet">{unitOfColumn(unit, language)}</span>
                </th>
                <td>{names.period(period)}</td>
                <td className="number">
                  <button
                    type="button"
                    className="plain"
                    onClick={() => open(addressOf({ ...figure, indicator: id, period, where }))}
                  >
                    {digits(value, unit, language)}
                  </button>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}
