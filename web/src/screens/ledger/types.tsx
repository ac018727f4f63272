import './ledger.css'
import { useState } from 'react'
import { Link } from 'react-router'
import { useDomains, useTypes } from '../../kit/declared.ts'
import { isMeant } from '../../kit/initials.ts'
import { usePlaceQuery } from '../../kit/place.ts'
import { useMay, useMays } from '../../kit/session.tsx'
import { colon, said, useLanguage } from '../../kit/words.ts'
import { useWords } from './words.ts'

/** Every record type, by domain: what can be recorded here. */
export function Screen() {
  const say = useWords()
  const language = useLanguage()
  const domains = useDomains()
  const types = useTypes()
  const query = usePlaceQuery()
  const enters = useMay('enter')
  const mays = useMays()
  const [sought, setSought] = useState('')
  const found = types?.filter(({ title }) => isMeant(said(title, language), sought)) ?? []
  return (
    <>
      <h1>{say('title')}</h1>
      <input
        type="search"
        className="words"
        aria-label={say('find')}
        placeholder={say('find')}
        value={sought}
        onChange={({ target }) => setSought(target.value)}
      />
      {types && found.length === 0 && <p className="quiet">{say('noType')}</p>}
      <div className="types">
        {(types ? domains : undefined)?.map(({ domain, title, screens }) => {
          const own = found.filter(type => type.domain === domain)
          const offered = screens.filter(({ title, may }) => mays[may] && isMeant(said(title, language), sought))
          return own.length === 0 && offered.length === 0 ? null : (
            <section key={domain} aria-label={said(title, language)}>
              <h2>{said(title, language)}</h2>
              <ul className="plain-list">
                {offered.map(one => (
                  <li key={one.id} className="screen">
                    <Link to={`/work/${one.id}${query}`}>{said(one.title, language)}</Link>
                  </li>
                ))}
                {own.map(type => (
                  <li key={type.type}>
                    <Link to={`/ledger/${type.type}${query}`}>{said(type.title, language)}</Link>
                    {enters && (
                      <Link
                        to={`/ledger/${type.type}/new${query}`}
                        aria-label={`${say('add')}${colon(language)}${said(type.title, language)}`}
                      >
                        {say('add')}
                      </Link>
                    )}
                  </li>
                ))}
              </ul>
            </section>
          )
        })}
      </div>
    </>
  )
}
