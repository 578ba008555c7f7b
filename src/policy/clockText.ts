import { after, instant } from '../lib/index.ts'
import type { Clock, ClockEvent } from './types.ts'

const from: Record<ClockEvent, string> = {
  asked: 'you asked',
  closed: 'your case is closed',
  no: 'you say no',
  placed: 'you ordered',
  delivered: 'delivery',
  left: 'you give it up or have it erased',
  yearEnd: 'the end of the year of the sale',
  visited: 'your visit',
  signedIn: 'signing in',
}

const UNITS = ['year', 'month', 'day', 'hour', 'minute'] as const
const PERIOD = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/

/** The period in words, for instance `60 days`; empty for a period of no length. */
export function periodText(period: string): string {
  const counts = PERIOD.exec(period)?.slice(1) ?? []
  const parts = UNITS.flatMap((unit, index) => {
    const count = Number(counts[index] ?? 0)
    return count > 0 ? [`${count} ${unit}${count === 1 ? '' : 's'}`] : []
  })
  return parts.join(' and ')
}

/** When something goes, for instance `until 60 days after delivery`. */
export function untilText(clock: Clock): string {
  const length = periodText(clock.period)
  return length ? `until ${length} after ${from[clock.from]}` : `until ${from[clock.from]}`
}

/** How long something is kept, for instance `kept until 60 days after delivery`. */
export function keptText(clock: Clock): string {
  return `kept ${untilText(clock)}`
}

/** Whether one period can ever be longer than another: two months are, counted from July, longer than 60 days. */
export function isLonger(period: string, than: string): boolean {
  return STARTS.some((start) => after(start, period) > after(start, than))
}

// Every month of a common and of a leap year.
const STARTS = ['2023', '2024'].flatMap((year) =>
  Array.from({ length: 12 }, (_, month) => instant(`${year}-${String(month + 1).padStart(2, '0')}-01T00:00:00Z`)),
)
