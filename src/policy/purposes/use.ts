import type { FieldUse } from '../types.ts'

/** The network address that every request carries: held scrambled and in memory, under a key of the day. */
export const visited = {
  basis: 'interest',
  class: 'relation',
  clock: { from: 'visited', period: 'P1D' },
  clockStands: true,
  lasts: { en: 'The scrambled address is held' },
  fields: { ipAddress: { need: 'required', why: { en: 'Every visit to a web page carries it.' } } },
  recipients: [],
  openers: [],
  built: true,
} as const

/** A field without which the purpose cannot be served at all. */
export const deliver = (why: string, declining: string): FieldUse & { need: 'required'; fixed: true } => ({
  need: 'required',
  fixed: true,
  why: { en: why },
  declining: { en: declining },
})

/** A field that helps, and without which all that is promised still works. */
export const helps = (why: string, declining = 'Everything works without it.'): FieldUse & { need: 'optional' } => ({
  need: 'optional',
  why: { en: why },
  declining: { en: declining },
})
