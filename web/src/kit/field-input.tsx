import { DatePicker, Input, InputNumber, Select, Switch } from 'antd'
import dayjs from 'dayjs'
import { type ReactNode, useEffect, useId, useState } from 'react'
import { parseQuantity, unitOf } from '../../../src/kernel/figures/units.ts'
import { tableUnit } from '../../../src/kernel/figures/wording.ts'
import { type FieldInfo, useOrgs } from './declared.ts'
import { digits, orgName, today } from './format.ts'
import { ReferencePicker } from './reference-picker.tsx'
import { RowsInput } from './rows-input.tsx'
import { said, useLanguage } from './words.ts'

export interface InputProps<T = unknown> {
  readonly info: FieldInfo
  readonly value: T | undefined
  /** `undefined` empties the field. */
  readonly onChange: (value: T | undefined) => void
  readonly id?: string
  readonly invalid?: boolean
  readonly describedBy?: string
  readonly disabled?: boolean
  /** Org unit whose records a reference may point to. */
  readonly org?: string
  /** What it is called, where no label stands beside it. */
  readonly label?: string
  readonly placeholder?: string
}

const MEASURED = new Set(['money', 'mass', 'length', 'area'])

/** The input for any kind of field. A new kind of field is added here and nowhere else in the web application. */
export function FieldInput(props: InputProps): ReactNode {
  const { info, value, onChange, id, invalid, describedBy, disabled, org, label, placeholder } = props
  const language = useLanguage()
  const shared = {
    id,
    disabled,
    status: invalid ? ('error' as const) : undefined,
    placeholder,
    'aria-label': label,
    'aria-invalid': invalid || undefined,
    'aria-describedby': describedBy,
  }
  switch (info.kind) {
    case 'integer':
    case 'decimal':
      return (
        <InputNumber
          {...shared}
          style={{ width: '100%' }}
          precision={info.kind === 'integer' ? 0 : info.scale}
          value={typeof value === 'number' ? value : null}
          suffix={info.unit ? unitOf(info.unit)[language] : undefined}
          onChange={next => onChange(next ?? undefined)}
        />
      )
    case 'money':
    case 'mass':
    case 'length':
    case 'area':
      return <QuantityInput {...props} value={value as number | undefined} />
    case 'day':
      return (
        <DatePicker
          {...shared}
          style={{ width: '100%' }}
          allowClear
          value={typeof value === 'string' ? dayjs(value) : null}
          maxDate={info.future ? undefined : dayjs(today())}
          onChange={next => onChange(next ? next.format('YYYY-MM-DD') : undefined)}
        />
      )
    case 'instant':
      return (
        <DatePicker
          {...shared}
          showTime
          style={{ width: '100%' }}
          value={typeof value === 'string' ? dayjs(value) : null}
          onChange={next => onChange(next ? next.toISOString() : undefined)}
        />
      )
    case 'boolean':
      return (
        <Switch
          id={id}
          disabled={disabled}
          aria-label={label}
          aria-describedby={describedBy}
          checked={value === true}
          onChange={onChange}
        />
      )
    case 'choice':
    case 'choices':
      return (
        <Select
          {...shared}
          style={{ width: '100%' }}
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          mode={info.kind === 'choices' ? 'multiple' : undefined}
          value={value as string | string[] | undefined}
          options={Object.entries(info.choices ?? {})
            // A retired choice is only offered to the record that still holds it.
            .filter(([key, choice]) => !choice.retired || key === value)
            .map(([key, choice]) => ({ value: key, label: said(choice, language) }))}
          onChange={onChange}
        />
      )
    case 'org':
      return <OrgInput {...props} value={value as string | undefined} />
    case 'reference':
      return <ReferencePicker {...props} value={value as string | undefined} org={org} />
    case 'rows':
      return <RowsInput {...props} value={value as readonly Record<string, unknown>[] | undefined} />
    case 'location':
      return <LocationInput {...props} value={value as Location | undefined} />
    default:
      return info.multiline ? (
        <Input.TextArea
          {...shared}
          autoSize={{ minRows: 2, maxRows: 12 }}
          maxLength={info.max}
          value={typeof value === 'string' ? value : ''}
          onChange={({ target }) => onChange(target.value || undefined)}
        />
      ) : (
        <Input
          {...shared}
          maxLength={info.max}
          inputMode={info.personal === 'phone' ? 'tel' : undefined}
          autoComplete="off"
          value={typeof value === 'string' ? value : ''}
          onChange={({ target }) => onChange(target.value || undefined)}
        />
      )
  }
}

export const isMeasured = (info: FieldInfo): boolean => MEASURED.has(info.kind)

/** Takes `27万元`, `3.5亩`, `1,200`; a bare number is in the unit shown. Gives the base unit: fen, g, mm, m². */
function QuantityInput({
  info,
  value,
  onChange,
  id,
  invalid,
  describedBy,
  disabled,
  label,
  placeholder,
}: InputProps<number>) {
  const language = useLanguage()
  const unit = tableUnit(info.unit ?? 'fen')
  const written = value === undefined ? '' : digits(value, info.unit ?? 'fen')
  const [text, setText] = useState(written)
  const [wrong, setWrong] = useState<string>()
  useEffect(() => setText(written), [written])
  const note = useId()
  function leave() {
    if (text.trim() === '') return onChange(undefined)
    const parsed = parseQuantity(text, unit, unit)
    if (!parsed.ok) return setWrong(said(parsed.problems[0], language))
    setWrong(undefined)
    onChange(parsed.value)
    setText(digits(parsed.value, info.unit ?? 'fen'))
  }
  return (
    <>
      <Input
        id={id}
        disabled={disabled}
        inputMode="decimal"
        placeholder={placeholder}
        aria-label={label}
        status={invalid || wrong ? 'error' : undefined}
        aria-invalid={invalid || wrong !== undefined || undefined}
        aria-describedby={wrong ? note : describedBy}
        value={text}
        suffix={unit[language]}
        onChange={({ target }) => setText(target.value)}
        onBlur={leave}
        onPressEnter={leave}
      />
      {wrong && (
        <span id={note} className="wrong">
          {wrong}
        </span>
      )}
    </>
  )
}

function OrgInput({ info, value, onChange, id, invalid, describedBy, disabled, org, label }: InputProps<string>) {
  const language = useLanguage()
  const orgs = useOrgs() ?? []
  const now = today()
  const within = (code: string | null): boolean => {
    for (let at = code; at !== null; at = orgs.find(one => one.code === at)?.parent ?? null) if (at === org) return true
    return org === undefined
  }
  const offered = orgs.filter(
    one =>
      one.code === value ||
      ((!info.orgKind || one.kind === info.orgKind) && one.opened <= now && now < one.closed && within(one.code)),
  )
  return (
    <Select
      id={id}
      disabled={disabled}
      style={{ width: '100%' }}
      allowClear
      showSearch={{ optionFilterProp: 'search' }}
      status={invalid ? 'error' : undefined}
      aria-label={label}
      aria-invalid={invalid || undefined}
      aria-describedby={describedBy}
      value={value}
      options={offered.map(one => {
        const above = one.parent === null ? '' : orgName(orgs, one.parent, language)
        const name = orgName(orgs, one.code, language)
        return { value: one.code, label: above ? `${above} · ${name}` : name, search: `${one.code} ${above} ${name}` }
      })}
      onChange={onChange}
    />
  )
}

interface Location {
  readonly lon: number
  readonly lat: number
}

function LocationInput({ value, onChange, disabled, id }: InputProps<Location>) {
  const language = useLanguage()
  const [text, setText] = useState('')
  useEffect(() => setText(value ? `${value.lat}, ${value.lon}` : ''), [value])
  function leave() {
    const [lat, lon] = text.split(/[,，\s]+/).map(Number)
    onChange(
      lat !== undefined && lon !== undefined && Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? { lon, lat } : undefined,
    )
  }
  const locate = () =>
    navigator.geolocation.getCurrentPosition(({ coords }) => onChange({ lon: coords.longitude, lat: coords.latitude }))
  return (
    <Input
      id={id}
      disabled={disabled}
      placeholder={language === 'zh' ? '纬度, 经度' : 'latitude, longitude'}
      value={text}
      suffix={
        <button type="button" className="plain" disabled={disabled} onClick={locate}>
          {language === 'zh' ? '定位' : 'Locate'}
        </button>
      }
      onChange={({ target }) => setText(target.value)}
      onBlur={leave}
    />
  )
}
