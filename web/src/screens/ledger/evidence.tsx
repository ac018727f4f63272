import { App } from 'antd'
import { type DragEvent, useRef } from 'react'
import { address, api, Refused } from '../../kit/api.ts'
import { changed } from '../../kit/query.ts'
import { said, useLanguage } from '../../kit/words.ts'
import { useWords } from './words.ts'

export interface EvidenceFile {
  readonly sha256: string
  readonly name: string
  readonly mediaType: string
  readonly size: number
}

/** The files of a record, pictures as thumbnails; a new one by choosing, dropping, or with the camera. */
export function EvidenceList({
  record,
  files,
  mayAdd,
}: {
  record: string
  files: readonly EvidenceFile[]
  mayAdd: boolean
}) {
  const say = useWords()
  const language = useLanguage()
  const { message } = App.useApp()
  const chooser = useRef<HTMLInputElement>(null)
  async function add(list: FileList | null) {
    for (const file of list ?? []) {
      const form = new FormData()
      form.set('file', file)
      try {
        await api(`/records/${record}/evidence`, { method: 'POST', form })
        message.success(say('attached'))
      } catch (error) {
        if (!(error instanceof Refused)) throw error
        message.error(said(error.problems[0], language))
      }
    }
    await changed(`/records/${record}`)
  }
  function drop(event: DragEvent) {
    event.preventDefault()
    if (mayAdd) void add(event.dataTransfer.files)
  }
  return (
    <section aria-labelledby="evidence" onDragOver={event => event.preventDefault()} onDrop={drop}>
      <h2 id="evidence">{say('evidence')}</h2>
      {files.length === 0 && <p className="quiet">{say('nothing')}</p>}
      <ul className="evidence">
        {files.map(file => (
          <li key={file.sha256}>
            <a href={address(`/evidence/${file.sha256}`)}>
              {file.mediaType.startsWith('image/') && (
                <img src={address(`/evidence/${file.sha256}/thumbnail`)} alt="" loading="lazy" />
              )}
              {file.name}
            </a>
          </li>
        ))}
      </ul>
      {mayAdd && (
        <>
          <button type="button" className="plain no-print" onClick={() => chooser.current?.click()}>
            {say('attach')}
          </button>
          <input
            ref={chooser}
            hidden
            multiple
            type="file"
            aria-label={say('attach')}
            onChange={({ target }) => void add(target.files)}
          />
        </>
      )}
    </section>
  )
}
