import type { Fault, Source } from './source.ts'

/** What a rule says of a set of files: how many things it looked at, and what is wrong. */
export type Verdict = { readonly looked: number; readonly faults: readonly Fault[] }

/** One rule of the house. Shape: `least` is how many things it must have looked at in the real tree to count as held. */
export type Rule = {
  readonly name: string
  readonly of: string
  readonly least: number
  readonly judge: (sources: readonly Source[]) => Verdict
}

/** Judges files by a rule. Errors: throws when it looked at too little, since a rule that saw nothing has not been kept. */
export function enforce(rule: Rule, sources: readonly Source[]): Verdict {
  const verdict = rule.judge(sources)
  if (verdict.looked < rule.least)
    throw new Error(`${rule.name}: looked at ${verdict.looked} ${rule.of}, expected at least ${rule.least}`)
  return verdict
}

/** Gives every file that `wanted` picks to `look`, and adds up what it says. */
export function each(
  sources: readonly Source[],
  wanted: (source: Source) => boolean,
  look: (source: Source) => Verdict,
): Verdict {
  const verdicts = sources.filter(wanted).map(look)
  return {
    looked: verdicts.reduce((sum, one) => sum + one.looked, 0),
    faults: verdicts.flatMap((one) => one.faults),
  }
}
