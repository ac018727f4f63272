import { Link } from 'react-router'
import { useOrgs } from '../../kit/declared.ts'
import { orgName } from '../../kit/format.ts'
import { usePlace } from '../../kit/place.ts'
import { useMay } from '../../kit/session.tsx'
import { useLanguage } from '../../kit/words.ts'
import { periodText } from '../../shell/place-picker.tsx'
import { Awaiting } from './awaiting.tsx'
import { Gaps } from './gaps.tsx'
import { MainFigures } from './main-figures.tsx'
import { Recent } from './recent.tsx'
import './home.css'
import { useWords } from './words.ts'

/** An org unit's period at a glance: its figures, what waits, what was entered last. */
export function Screen() {
  const say = useWords()
  const language = useLanguage()
  const { org, period } = usePlace()
  const orgs = useOrgs()
  const mayEnter = useMay('enter')
  const place = `?org=${encodeURIComponent(org)}&period=${encodeURIComponent(period)}`
  return (
    <>
      <div className="title-line">
        <h1>
          {orgName(orgs, org, language)} <span className="quiet">{periodText(period, language)}</span>
        </h1>
        <span className="actions no-print">
          {mayEnter && <Link to={`/ledger${place}`}>{say('enter')}</Link>}
          <Link to={`/reports${place}`}>{say('report')}</Link>
          <a href={`/?org=${encodeURIComponent(org)}&period=${encodeURIComponent(period)}`}>{say('plain')}</a>
        </span>
      </div>
      <div className="home">
        <section aria-labelledby="main-figures">
          <h2 id="main-figures">{say('figures')}</h2>
          <MainFigures org={org} period={period} />
        </section>
        <aside>
          <Awaiting org={org} />
          <Gaps org={org} period={period} />
          <Recent org={org} />
        </aside>
      </div>
    </>
  )
}
