/** Dates as people read them, in the vendor's time zone. */
export type Dates = {
  /** For instance `22 November 2026`. */
  readonly day: (at: Date) => string
  /** For instance `22 November 2026, 16:02`. */
  readonly minute: (at: Date) => string
}

/** Makes the date formats of a time zone, once. Shape: `zone` an IANA name. Errors: throws on a zone that does not exist. */
export function datesIn(zone: string): Dates {
  const day = new Intl.DateTimeFormat('en-GB', { timeZone: zone, day: 'numeric', month: 'long', year: 'numeric' })
  const time = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  return { day: (at) => day.format(at), minute: (at) => `${day.format(at)}, ${time.format(at)}` }
}
