import { Button, Input, Skeleton } from 'antd'
import { useState } from 'react'
import { fieldsOf, type RecordType, useDomains, useIndicators, useTypes } from '../../kit/declared.ts'
import { titleOf, unitOfColumn } from '../../kit/format.ts'
import { said, useLanguage } from '../../kit/words.ts'
import { useWords } from './declared-words.ts'

/** What is recorded and what is counted, as the domains declare it. */
export default function Declared() {
  const say = useWords()
  const language = useLanguage()
  const domains = useDomains()
  const types = useTypes()
  const indicators = useIndicators()
  const [sought, setSought] = useState('')
  if (!domains || !types || !indicators) return <Skeleton active title={false} />
  const text = sought.trim().toLowerCase()
  const fits = (id: string, title: string) => id.includes(text) || title.toLowerCase().includes(text)
  const shown = domains.flatMap(({ domain, title }) => {
    const recorded = types.filter(one => one.domain === domain && fits(one.type, said(one.title, language)))
    const counted = indicators.filter(one => one.domain === domain && fits(one.indicator, said(one.title, language)))
    return recorded.length + counted.length > 0 ? [{ domain, title, recorded, counted }] : []
  })
  return (
    <>
      <div className="toolbar">
        <Input
          allowClear
          aria-label={say('find')}
          placeholder={say('find')}
          style={{ width: 260 }}
          value={sought}
          onChange={({ target }) => setSought(target.value)}
        />
        <a href="/api/openapi.json" download>
          OpenAPI
        </a>
      </div>
      {shown.length === 0 && <p className="quiet">{say('none')}</p>}
      {shown.map(({ domain, title, recorded, counted }) => (
        <section key={domain}>
          <h2>{said(title, language)}</h2>
          {recorded.map(type => (
            <Type key={type.type} type={type} />
          ))}
          {counted.length > 0 && (
            <div className="scroll">
              <table className="figures">
                <thead>
                  <tr>
                    <th scope="col">{say('indicator')}</th>
                    <th scope="col">{say('unit')}</th>
                    <th scope="col" className="wide">
                      {say('formula')}
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {counted.map(indicator => (
                    <tr key={indicator.indicator}>
                      <th scope="row">
                        {said(indicator.title, language)} <span className="quiet">{indicator.indicator}</span>
                      </th>
                      <td>{unitOfColumn(indicator.unit, language)}</td>
                      <td className="wide">
                        <code>{indicator.formula}</code>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
        </section>
      ))}
    </>
  )
}

/** A record type: its fields, and the JSON Schema that forms, imports and the API follow. */
function Type({ type }: { type: RecordType }) {
  const say = useWords()
  const language = useLanguage()
  const [open, setOpen] = useState(false)
  return (
    <details className="type" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        {say('type')} {said(type.title, language)} <span className="quiet">{type.type}</span>
      </summary>
      {open && (
        <>
          <div className="scroll">
            <table className="figures">
              <thead>
                <tr>
                  <th scope="col">{say('field')}</th>
                  <th scope="col">{say('kind')}</th>
                  <th scope="col">{say('needed')}</th>
                  <th scope="col" className="wide">
                    {say('help')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {fieldsOf(type).map(field => (
                  <tr key={field.name}>
                    <th scope="row">
                      {titleOf(field, language)} <span className="quiet">{field.name}</span>
                    </th>
                    <td>{field.computed ? say('computed') : field.kind}</td>
                    <td>{field.required ? '✓' : ''}</td>
                    <td className="wide">{said(field.help, language)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <Schema type={type} />
        </>
      )}
    </details>
  )
}

function Schema({ type }: { type: RecordType }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
        JSON Schema
      </Button>
      {open && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        <section className="schema" tabIndex={0} aria-label={`JSON Schema ${type.type}`}>
          <pre>{JSON.stringify(type.schema, null, 2)}</pre>
        </section>
      )}
    </>
  )
}
