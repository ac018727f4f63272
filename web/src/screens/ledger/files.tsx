import { Button } from 'antd'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useWords } from './words.ts'

interface Props {
  readonly children?: ReactNode
  readonly onAdd: (files: readonly File[]) => void
}

/** Takes files however they come: dropped, chosen, photographed, or pasted. */
export function FileDrop({ children, onAdd }: Props) {
  const say = useWords()
  const chooser = useRef<HTMLInputElement>(null)
  const camera = useRef<HTMLInputElement>(null)
  const [isOver, setOver] = useState(false)
  const add = (list: FileList | null | undefined) => {
    if (list && list.length > 0) onAdd([...list])
  }
  const now = useRef(add)
  now.current = add
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      if (!event.clipboardData || event.clipboardData.files.length === 0) return
      event.preventDefault()
      now.current(event.clipboardData.files)
    }
    addEventListener('paste', paste)
    return () => removeEventListener('paste', paste)
  }, [])
  const input = (of: typeof chooser, capture: boolean) => (
    <input
      ref={of}
      hidden
      type="file"
      multiple={!capture}
      accept={capture ? 'image/*' : undefined}
      capture={capture ? 'environment' : undefined}
      aria-label={say(capture ? 'photograph' : 'attach')}
      onChange={({ target }) => {
        add(target.files)
        // The same file may be chosen again.
        target.value = ''
      }}
    />
  )
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is one way of several; the buttons do the same
    <div
      className={isOver ? 'drop over' : 'drop'}
      onDragOver={event => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={event => {
        event.preventDefault()
        setOver(false)
        add(event.dataTransfer.files)
      }}
    >
      {children}
      <span className="no-print">
        <Button onClick={() => camera.current?.click()}>{say('photograph')}</Button>{' '}
        <Button onClick={() => chooser.current?.click()}>{say('attach')}</Button>{' '}
        <span className="quiet wide">{say('dropHint')}</span>
      </span>
      {input(camera, true)}
      {input(chooser, false)}
    </div>
  )
}

/** Files that are not at the server yet. */
export function PendingFiles({
  files,
  onChange,
}: {
  files: readonly File[]
  onChange: (files: readonly File[]) => void
}) {
  const say = useWords()
  if (files.length === 0) return null
  return (
    <ul className="evidence">
      {files.map(file => (
        <li key={`${file.name} ${file.size} ${file.lastModified}`}>
          {file.type.startsWith('image/') && <Picture file={file} />}
          {file.name}{' '}
          <button
            type="button"
            className="plain"
            aria-label={`${say('takeAway')} ${file.name}`}
            onClick={() => onChange(files.filter(other => other !== file))}
          >
            ×
          </button>
        </li>
      ))}
    </ul>
  )
}

function Picture({ file }: { file: Blob }) {
  const [address, setAddress] = useState<string>()
  useEffect(() => {
    const url = URL.createObjectURL(file)
    setAddress(url)
    return () => URL.revokeObjectURL(url)
  }, [file])
  return address ? <img src={address} alt="" /> : null
}
