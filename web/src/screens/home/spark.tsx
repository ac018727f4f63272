/** A line of values without axes; it is broken where there is no figure. What it shows is said in words for those who do not see it. */
export function Spark({ values, label }: { values: readonly (number | null)[]; label: string }) {
  const known = values.filter(value => value !== null)
  const top = Math.max(...known, 0)
  const bottom = Math.min(...known, 0)
  const height = top - bottom || 1
  const x = (i: number) => (values.length < 2 ? 50 : 2 + (i * 96) / (values.length - 1))
  const y = (value: number) => 18 - ((value - bottom) / height) * 16
  const path = values
    .map((value, i) =>
      value === null ? '' : `${i === 0 || values[i - 1] === null ? 'M' : 'L'}${x(i).toFixed(1)} ${y(value).toFixed(1)}`,
    )
    .join('')
  return (
    <svg className="spark" viewBox="0 0 100 20" role="img" aria-label={label} preserveAspectRatio="none">
      <path d={path} />
    </svg>
  )
}
