/** Answers what time it is; every room is given one, so a test can move it. Shape: an instant in UTC. */
export type Now = () => Date

/** The machine's own clock: the one place that asks for the time. */
export const systemNow: Now = () => new Date()

/** A clock for tests and drills that starts at `start` and moves only when told to. Shape: `advance` takes milliseconds. */
export function movableClock(start: Date): { now: Now; advance: (ms: number) => void } {
  let at = start.getTime()
  return { now: () => new Date(at), advance: (ms) => void (at += ms) }
}

/** An instant read from its ISO 8601 text. Errors: throws on text that is no date. */
export function instant(text: string): Date {
  const at = new Date(text)
  if (Number.isNaN(at.getTime())) throw new RangeError('not an ISO 8601 instant')
  return at
}

/** Noon of a day in UTC, so that hardly a time zone makes another day of it. Shape: `day` as `YYYY-MM-DD`. Errors: throws on text that is no day. */
export function noonOf(day: string): Date {
  return instant(`${day}T12:00:00Z`)
}

/** Whether a text is a day that the calendar has. Shape: `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false
  const noon = new Date(`${text}T12:00:00Z`)
  // The 30th of February would be read as a day of March.
  return !Number.isNaN(noon.getTime()) && noon.toISOString().startsWith(text)
}

/** An instant given as seconds since 1970 in UTC, the form that card processors use. */
export function instantFromSeconds(seconds: number): Date {
  return new Date(seconds * 1000)
}

const PERIOD = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/

/**
 * The instant one ISO 8601 period after another, counted in calendar steps in UTC.
 * Shape: `period` as `P60D`, `P10Y`, `PT24H`. Errors: throws on a period that it cannot read.
 */
export function after(start: Date, period: string): Date {
  const found = PERIOD.exec(period)
  if (!found || period === 'P') throw new RangeError(`not a period: ${period}`)
  const [years, months, days, hours, minutes] = found.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
  ]
  const end = new Date(start)
  const day = end.getUTCDate()
  end.setUTCDate(1)
  end.setUTCFullYear(end.getUTCFullYear() + years, end.getUTCMonth() + months)
  end.setUTCDate(Math.min(day, new Date(Date.UTC(end.getUTCFullYear(), end.getUTCMonth() + 1, 0)).getUTCDate()))
  return new Date(end.getTime() + ((days * 24 + hours) * 60 + minutes) * 60_000)
}

/** The instant some milliseconds earlier. */
export function earlier(at: Date, ms: number): Date {
  return new Date(at.getTime() - ms)
}

/** The instant some milliseconds later. */
export function later(at: Date, ms: number): Date {
  return new Date(at.getTime() + ms)
}

const days = new Map<string, Intl.DateTimeFormat>()

/** The last instant of the year in which an instant lies, by the calendar of a time zone. Shape: to the millisecond. */
export function yearEndIn(zone: string, at: Date): Date {
  return earlier(dayStartIn(zone, `${Number(dayIn(zone, at).slice(0, 4)) + 1}-01-01`), 1)
}

/** The first instant of a day by the calendar of a time zone. Shape: `day` as `YYYY-MM-DD`. Errors: throws on text that is no day. */
export function dayStartIn(zone: string, day: string): Date {
  const turn = instant(`${day}T00:00:00Z`).getTime()
  // No zone is a day away from UTC, so the day begins between these two.
  let [before, begun] = [turn - DAY_MS, turn + DAY_MS]
  while (begun - before > 1) {
    const middle = Math.floor((before + begun) / 2)
    if (dayIn(zone, new Date(middle)) < day) before = middle
    else begun = middle
  }
  return new Date(begun)
}

const DAY_MS = 86_400_000

/** The calendar day of an instant in a time zone. Shape: `YYYY-MM-DD`; `zone` an IANA name. */
export function dayIn(zone: string, at: Date): string {
  const known = days.get(zone)
  const format =
    known ?? new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })
  if (!known) days.set(zone, format)
  return format.format(at)
}

/** Waits for a piece of work, but not for longer than so many milliseconds; the work goes on. */
export async function waitAtMost(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const over = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)))
  try {
    await Promise.race([work, over])
  } finally {
    clearTimeout(timer)
    work.catch(() => {}) // it is tried again by its own job
  }
}
