/** One place on a chart: what it stands for, and its height as a whole number. `behind` is drawn paler behind it. */
export type ChartPoint = { readonly label: string; readonly value: number; readonly behind: number }

type ChartProps = {
  /** What the drawing shows, for those who do not see it. */
  readonly label: string
  readonly points: readonly ChartPoint[]
  /** What the strong and the pale bars are, in words. */
  readonly names: readonly [value: string, behind: string]
  /** What the highest bar stands for. */
  readonly most: string
}

const HEIGHT = 100
const STEP = 10

/**
 * Bars of numbers over time. It is stretched to whatever width there is, so every word stands beside the drawing and none in it;
 * it has no style of its own, which the pages forbid.
 */
export function BarChart({ label, points, names, most }: ChartProps) {
  const top = Math.max(1, ...points.map((point) => Math.max(point.value, point.behind)))
  const bar = (at: number, value: number, name: string) => {
    const height = (value / top) * HEIGHT
    return value > 0 ? (
      <rect class={name} x={at * STEP + 1} y={HEIGHT - height} width={STEP - 2} height={height} />
    ) : null
  }
  return (
    <figure class="chart">
      <div class="row small">
        <span class="chart-key value">{names[0]}</span>
        <span class="chart-key behind">{names[1]}</span>
        <span class="chart-most">{most}</span>
      </div>
      <svg viewBox={`0 0 ${points.length * STEP} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
        {points.map((point, at) => (
          <>
            {bar(at, point.behind, 'behind')}
            {bar(at, point.value, 'value')}
          </>
        ))}
      </svg>
      <figcaption class="row small muted">
        <span>{points[0]?.label}</span>
        <span>{points.at(-1)?.label}</span>
      </figcaption>
    </figure>
  )
}
