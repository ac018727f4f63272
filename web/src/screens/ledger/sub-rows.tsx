import { type FieldInfo, useOrgs } from '../../kit/declared.ts'
import { isNumber, shown, titleOf } from '../../kit/format.ts'
import { useLanguage } from '../../kit/words.ts'

/** The sub-rows of a record as a table. */
export function SubRows({ info, rows }: { info: FieldInfo; rows: readonly Readonly<Record<string, unknown>>[] }) {
  const language = useLanguage()
  const orgs = useOrgs()
  const fields = Object.entries(info.rows ?? {})
  const side = (field: FieldInfo) => (isNumber(field) ? 'number' : undefined)
  return (
    <div className="scroll">
      <table className="figures">
        <thead>
          <tr>
            {fields.map(([name, field]) => (
              <th key={name} scope="col" className={side(field)}>
                {titleOf(field, language)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name but their place
            <tr key={i}>
              {fields.map(([name, field]) => (
                <td key={name} className={side(field)}>
                  {shown(field, row[name], language, orgs)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
