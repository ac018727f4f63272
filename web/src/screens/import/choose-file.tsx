import { Button, Select } from 'antd'
import { useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import { address } from '../../kit/api.ts'
import { type RecordType, useTypes } from '../../kit/declared.ts'
import { usePlace, usePlaceQuery } from '../../kit/place.ts'
import { said, useLanguage } from '../../kit/words.ts'
import { useWords } from './words.ts'

interface Props {
  readonly type: RecordType
  readonly isReading: boolean
  readonly onChosen: (file: File) => void
}

/** The beginning: which ledger, which file. The org unit is the one in the header. */
export function ChooseFile({ type, isReading, onChosen }: Props) {
  const say = useWords()
  const language = useLanguage()
  const navigate = useNavigate()
  const types = useTypes() ?? []
  const { org } = usePlace()
  const place = usePlaceQuery()
  const chooser = useRef<HTMLInputElement>(null)
  const [isOver, setOver] = useState(false)
  const take = (list: FileList | null) => {
    if (list?.[0]) onChosen(list[0])
  }
  return (
    <>
      <p className="quiet">{say('steps')}</p>
      <div className="toolbar">
        <Select
          aria-label={say('whichType')}
          style={{ width: 220 }}
          showSearch={{ optionFilterProp: 'label' }}
          value={type.type}
          options={types.map(one => ({ value: one.type, label: said(one.title, language) }))}
          onChange={chosen => navigate(`/ledger/${chosen}/import${place}`)}
        />
        <a href={address(`/types/${type.type}/template`, { org })} download>
          {say('template')}
        </a>
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is one way of two; the button does the same */}
      <div
        className={isOver ? 'import-drop over' : 'import-drop'}
        onDragOver={event => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={event => {
          event.preventDefault()
          setOver(false)
          take(event.dataTransfer.files)
        }}
      >
        <span>{say(isReading ? 'reading' : 'drop')}</span>
        <Button type="primary" loading={isReading} onClick={() => chooser.current?.click()}>
          {say('chooseFile')}
        </Button>
        <input
          ref={chooser}
          hidden
          type="file"
          accept=".xlsx,.csv,.jsonl"
          aria-label={say('chooseFile')}
          onChange={({ target }) => {
            take(target.files)
            target.value = ''
          }}
        />
      </div>
    </>
  )
}
