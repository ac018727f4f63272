import { useState } from 'react'
import { address, api } from '../../kit/api.ts'
import { moment } from '../../kit/format.ts'
import { changed } from '../../kit/query.ts'
import { useLanguage } from '../../kit/words.ts'
import { Reason } from './bulk.tsx'
import { useDone } from './done.tsx'
import { FileDrop } from './files.tsx'
import { useWords } from './words.ts'

export interface EvidenceFile {
  readonly record: string
  readonly sha256: string
  readonly name: string
  readonly mediaType: string
  readonly size: number
  readonly addedAt: string
}

interface Props {
  readonly record: string
  readonly files: readonly EvidenceFile[]
  readonly mayAdd: boolean
}

const KiB = 1024

/** `3 KB`, `2.4 MB`. */
const sizeText = (bytes: number) =>
  bytes < KiB * KiB ? `${Math.ceil(bytes / KiB)} KB` : `${(bytes / KiB / KiB).toFixed(1)} MB`

/** The files of a record, pictures as thumbnails; new ones by dropping, choosing, pasting, or with the camera. */
export function EvidenceList({ record, files, mayAdd }: Props) {
  const say = useWords()
  const language = useLanguage()
  const { done, refused } = useDone()
  const [removing, setRemoving] = useState<string>()
  async function add(added: readonly File[]) {
    for (const file of added) {
      const form = new FormData()
      form.set('file', file)
      try {
        await api(`/records/${record}/evidence`, { method: 'POST', form })
        done(say('attached'))
      } catch (error) {
        refused(error)
      }
    }
    await changed(`/records/${record}`)
  }
  async function remove({ record: of, sha256 }: EvidenceFile, reason: string) {
    try {
      await api(`/records/${of}/evidence/${sha256}/remove`, { body: { reason } })
      setRemoving(undefined)
      done(say('takenOff'))
    } catch (error) {
      refused(error)
    }
    await changed(`/records/${record}`)
  }
  const list = (
    <>
      {files.length === 0 && <p className="quiet">{say('nothing')}</p>}
      <ul className="evidence">
        {files.map(file => (
          <li key={`${file.record} ${file.sha256}`}>
            <a href={address(`/evidence/${file.sha256}`)} target="_blank" rel="noreferrer">
              {file.mediaType.startsWith('image/') && (
                <img src={address(`/evidence/${file.sha256}/thumbnail`)} alt="" loading="lazy" />
              )}
              {file.name}
            </a>
            <br />
            <span className="quiet">
              {sizeText(file.size)} · {moment(file.addedAt, language)}
            </span>{' '}
            {mayAdd && (
              <button
                type="button"
                className="plain no-print"
                aria-label={`${say('takeOffFile')} ${file.name}`}
                onClick={() => setRemoving(removing === file.sha256 ? undefined : file.sha256)}
              >
                {say('takeOffFile')}
              </button>
            )}
            {removing === file.sha256 && <Reason step="takeOffFile" onGiven={reason => void remove(file, reason)} />}
          </li>
        ))}
      </ul>
    </>
  )
  return (
    <section aria-labelledby="evidence">
      <h2 id="evidence">{say('evidence')}</h2>
      {mayAdd ? <FileDrop onAdd={added => void add(added)}>{list}</FileDrop> : list}
    </section>
  )
}
