/** A line of values without axes. What it shows is said in words for those who do not see it. */
export function Spark({ values, label }: { values: readonly number[]; label: string }) {
  const top = Math.max(...values, 0)
  const bottom = Math.min(...values, 0)
  const height = top - bottom || 1
  const x = (i: number) => (values.length < 2 ? 50 : 2 + (i * 96) / (values.length - 1))
  const y = (value: number) => 22 - ((value - bottom) / height) * 20
  return (
    <svg className="spark" viewBox="0 0 100 24" role="img" aria-label={label} preserveAspectRatio="none">
      <polyline points={values.map((value, i) => `${x(i)},${y(value)}`).join(' ')} />
    </svg>
  )
}
