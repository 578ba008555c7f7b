import type { FieldUse } from '../types.ts'

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
