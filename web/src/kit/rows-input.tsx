import { Button } from 'antd'
import { FieldInput, type InputProps } from './field-input.tsx'
import { titleOf } from './format.ts'
import { useLanguage, wordsOf } from './words.ts'

const useWords = wordsOf('rows', {
  zh: { add: '加一行', remove: '删去第{{n}}行', none: '没有明细' },
  en: { add: 'Add a row', remove: 'Remove row {{n}}', none: 'No rows' },
})

type Row = Readonly<Record<string, unknown>>

/** Sub-rows as a small table of inputs; at phone width each row is a card. */
export function RowsInput({ info, value, onChange, disabled, org }: InputProps<readonly Row[]>) {
  const say = useWords()
  const language = useLanguage()
  const rows = value ?? []
  const fields = Object.entries(info.rows ?? {})
  const put = (index: number, name: string, to: unknown) =>
    onChange(
      rows.map((row, i) => {
        if (i !== index) return row
        const { [name]: _, ...rest } = row
        return to === undefined ? rest : { ...rest, [name]: to }
      }),
    )
  const without = (index: number) => {
    const left = rows.filter((_, i) => i !== index)
    onChange(left.length > 0 ? left : undefined)
  }
  return (
    <div className="rows">
      {rows.length === 0 && <p className="quiet">{say('none')}</p>}
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name but their place
        <fieldset key={index} disabled={disabled}>
          <legend>{index + 1}</legend>
          {fields.map(([name, field]) => (
            // biome-ignore lint/a11y/noLabelWithoutControl: FieldInput is the control
            <label key={name}>
              <span>{titleOf(field, language)}</span>
              <FieldInput
                info={field}
                value={row[name]}
                disabled={disabled}
                org={org}
                onChange={to => put(index, name, to)}
              />
            </label>
          ))}
          <Button type="text" danger onClick={() => without(index)}>
            {say('remove', { n: index + 1 })}
          </Button>
        </fieldset>
      ))}
      {!disabled && (
        <Button type="dashed" onClick={() => onChange([...rows, {}])}>
          {say('add')}
        </Button>
      )}
    </div>
  )
}
