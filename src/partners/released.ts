import type { Field } from '../policy/index.ts'

declare const made: unique symbol

/** Values that may not be changed on their way out. */
export type OutgoingValues = Readonly<Record<string, string | number>>

/**
 * What was let out to one recipient, and all that may go there. Adapters and transports accept nothing else,
 * and only this folder can make one: the brand has no name outside of it. Shape: frozen; `host` is where it may go.
 */
export type Released<R extends string = string, F extends Field = Field> = {
  readonly [made]: F
  readonly recipient: R
  readonly host: string
  readonly fields: Readonly<Partial<Record<F, string>>>
  readonly values: OutgoingValues
  readonly disclosureId: string
}

/** Seals what was let out, after its log row is committed. */
export function release<R extends string, F extends Field>(what: Omit<Released<R, F>, typeof made>): Released<R, F> {
  const copy = { ...what, fields: Object.freeze({ ...what.fields }), values: Object.freeze({ ...what.values }) }
  return Object.freeze(copy) as Released<R, F>
}
