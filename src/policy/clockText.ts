import type { Clock, ClockEvent } from './types.ts'

const from: Record<ClockEvent, string> = {
  asked: 'you asked',
  placed: 'you ordered',
  delivered: 'delivery',
  left: 'you leave',
  yearEnd: 'the end of the year of the sale',
}

const UNITS = [
  [/(\d+)Y/, 'year'],
  [/(\d+)M(?!.*T)/, 'month'],
  [/(\d+)D/, 'day'],
  [/T.*?(\d+)H/, 'hour'],
] as const

/** The period in words, for instance `60 days`. */
export function periodText(period: string): string {
  const [dates, times = ''] = period.split('T')
  const text = `${dates}T${times}`
  const parts = UNITS.flatMap(([pattern, unit]) => {
    const source = unit === 'month' ? (dates ?? '') : text
    const count = Number(pattern.exec(source)?.[1] ?? 0)
    return count > 0 ? [`${count} ${unit}${count === 1 ? '' : 's'}`] : []
  })
  return parts.join(' and ')
}

/** How long something is kept, for instance `kept until 60 days after delivery`. */
export function keptText(clock: Clock): string {
  const length = periodText(clock.period)
  return length ? `kept until ${length} after ${from[clock.from]}` : `kept until ${from[clock.from]}`
}
