import { DatePicker } from 'antd'
import dayjs from 'dayjs'

interface Props {
  readonly id?: string
  /** What it is called, where no label stands beside it. */
  readonly label?: string
  /** `YYYY-MM-DD`; empty when no day is chosen. */
  readonly value: string
  readonly onChange: (day: string) => void
  /** The last day that can be chosen. */
  readonly max?: string
  readonly required?: boolean
}

/** A day, in the words of the chosen language whatever the browser's own. */
export const DayInput = ({ id, label, value, onChange, max, required = false }: Props) => (
  <DatePicker
    id={id}
    aria-label={label}
    placeholder={label}
    style={{ width: 150 }}
    required={required}
    allowClear={!required}
    maxDate={max ? dayjs(max) : undefined}
    value={value ? dayjs(value) : null}
    onChange={next => onChange(next ? next.format('YYYY-MM-DD') : '')}
  />
)
