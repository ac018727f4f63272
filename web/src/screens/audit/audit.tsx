import { App, Button, Input } from 'antd'
import { type DragEvent, useDeferredValue, useMemo, useRef, useState } from 'react'
import { readClaims } from '../../../../src/kernel/claims/read.ts'
import { usePlace } from '../../kit/place.ts'
import { Marked } from './marked.tsx'
import { useWords } from './words.ts'

/** Any report read back in the browser, by the same code that the command line runs. The text never leaves the page. */
export function Screen() {
  const say = useWords()
  const { message } = App.useApp()
  const { period } = usePlace()
  const [text, setText] = useState('')
  const chooser = useRef<HTMLInputElement>(null)
  const read = useDeferredValue(text)
  const year = Number(/^\d{4}/.exec(period)?.[0]) || undefined
  const reading = useMemo(() => (read.trim() ? readClaims(read, year ? { year } : {}) : undefined), [read, year])
  const wrong = reading?.identities.filter(identity => !identity.holds) ?? []

  async function open(file: File | undefined) {
    if (!file) return
    const bytes = new Uint8Array(await file.arrayBuffer())
    if (bytes.includes(0)) return void message.error(say('notText'))
    const utf8 = new TextDecoder('utf-8').decode(bytes)
    setText(utf8.includes('\ufffd') ? new TextDecoder('gb18030').decode(bytes) : utf8)
  }
  function drop(event: DragEvent) {
    event.preventDefault()
    void open(event.dataTransfer.files[0])
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping a file is another way for what the button does
    <div onDragOver={event => event.preventDefault()} onDrop={drop}>
      <h1>{say('title')}</h1>
      <p className="quiet">{say('help')}</p>
      <div className="toolbar no-print">
        <Button onClick={() => chooser.current?.click()}>{say('open')}</Button>
        <input
          ref={chooser}
          hidden
          type="file"
          accept=".txt,.md,text/plain"
          aria-label={say('open')}
          onChange={({ target }) => void open(target.files?.[0])}
        />
      </div>
      <Input.TextArea
        aria-label={say('paste')}
        placeholder={say('paste')}
        autoSize={{ minRows: 5, maxRows: 12 }}
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      {reading && (
        <>
          <p role="status">
            {reading.claims.length === 0
              ? say('none')
              : say('found', {
                  claims: reading.claims.length,
                  identities: reading.identities.length,
                  wrong: wrong.length,
                  blanks: reading.blanks.length,
                })}
          </p>
          {reading.identities.length > 0 && (
            <section aria-labelledby="identities">
              <h2 id="identities">{say('identities')}</h2>
              <ul className="plain-list">
                {reading.identities.map(identity => (
                  <li key={`${identity.type} ${identity.claims.join(' ')}`}>
                    <span>{identity.arithmetic}</span>
                    <span className={identity.holds ? 'quiet' : 'late'}>
                      {identity.holds ? say('holds') : say('fails')}
                    </span>
                  </li>
                ))}
              </ul>
            </section>
          )}
          <section aria-labelledby="text">
            <h2 id="text">{say('quote')}</h2>
            <Marked reading={reading} />
          </section>
          <section aria-labelledby="claims">
            <h2 id="claims">{say('claims')}</h2>
            <div className="scroll">
              <table className="figures">
                <thead>
                  <tr>
                    <th scope="col">{say('quote')}</th>
                    <th scope="col">{say('noun')}</th>
                    <th scope="col" className="number">
                      {say('value')}
                    </th>
                    <th scope="col" className="wide">
                      {say('period')}
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {reading.claims.map(claim => (
                    <tr key={claim.start}>
                      <th scope="row">{claim.quote}</th>
                      <td>
                        {claim.noun}
                        {claim.target && <span className="quiet"> {say('target')}</span>}
                      </td>
                      <td className="number">
                        {claim.normalized.toLocaleString('en')} {claim.base}
                      </td>
                      <td className="wide">{claim.period}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </section>
        </>
      )}
    </div>
  )
}
