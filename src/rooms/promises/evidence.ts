import type { EvidenceId, Finding } from '../../policy/index.ts'
import type { PromisesContext } from './context.ts'
import { look } from './probes.ts'

/** A finding with the moment at which the program looked. */
export type Evidence = Finding & { readonly at: Date }

const MINUTE_MS = 60_000

/** Gathers evidence over live data, each kind at most once a minute whoever asks: some of it reads every row of a log. */
export function openEvidence(ctx: PromisesContext): (id: EvidenceId) => Promise<Evidence> {
  const known = new Map<EvidenceId, { readonly at: Date; readonly found: Promise<Evidence> }>()
  return (id) => {
    const at = ctx.now()
    const last = known.get(id)
    if (last && at.getTime() - last.at.getTime() < MINUTE_MS) return last.found
    const found = look(ctx, id).then((finding) => ({ ...finding, at }))
    known.set(id, { at, found })
    found.catch(() => known.delete(id)) // what could not be looked at is looked at again at the next question
    return found
  }
}
