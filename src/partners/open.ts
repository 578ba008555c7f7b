import type { Database, JobHandler, Tx } from '../db/index.ts'
import type { Log, Now } from '../lib/index.ts'
import type { Field, Policy } from '../policy/index.ts'
import type { PersonId, Ref, Vault } from '../vault/index.ts'
import { disclose, type Disclosed, type Disclosure } from './disclose.ts'
import { gateOf, isBeyond, strangers } from './gate.ts'
import { passedOn, type PassedOn } from './passedOn.ts'
import { waysSince, type ToldRow } from './queries.ts'
import { register, start, type RegisterRow } from './register.ts'
import type { PartnerTables } from './tables.ts'
import { markTold, tellErasure, tellErasureJob, toldAbout, waitingForStaff, type Teller } from './tellErasure.ts'

/** The third door, for the rooms above: what they may ask of the partner register. */
export type Partners = {
  readonly disclose: <R extends string, F extends Field = never>(ask: Disclosure<R, F>) => Promise<Disclosed<R, F>>
  readonly register: () => Promise<RegisterRow[]>
  readonly passedOn: (of: { readonly person: PersonId } | { readonly ref: Ref }) => Promise<PassedOn[]>
  /** Notes the first start and the commitments; run at every start. Answers the first start. */
  readonly start: (at: Date) => Promise<Date>
  /** Recipients that the program is set to reach at a host which the register does not name: live mode must not start with one. */
  readonly strangers: () => string[]
  readonly tellErasure: <T>(tx: Tx<T>, person: PersonId) => Promise<void>
  readonly toldAbout: (person: PersonId) => Promise<ToldRow[]>
  /** What only a member of staff can tell, and that it was told. */
  readonly waitingForStaff: () => Promise<ToldRow[]>
  readonly markTold: (toldId: string) => Promise<void>
  /** The ways in which something was passed on since an instant, and those of them that the register does not allow. */
  readonly evidence: (since: Date) => Promise<{ ways: number; beyond: number }>
  readonly jobs: (tellers: Readonly<Record<string, Teller>>) => Readonly<Record<'partners.tellErasure', JobHandler>>
}

/** Opens the door. Shape: `hosts` are the host names that this program is set to connect to, by the recipient's id. */
export function openPartners(given: {
  readonly db: Database<PartnerTables>
  readonly vault: Pick<Vault, 'reveal'>
  readonly policy: Policy
  readonly mode: 'example' | 'live'
  readonly hosts: Readonly<Record<string, string>>
  readonly now: Now
  readonly log: Log
}): Partners {
  const ctx = { ...given, gate: gateOf(given.policy, given) }
  return {
    disclose: (ask) => disclose(ctx, ask),
    register: () => register(ctx),
    passedOn: (of) => passedOn(ctx, of),
    start: (at) => start(ctx, at),
    strangers: () => strangers(given.policy, given),
    tellErasure: (tx, person) => tellErasure(ctx, tx, person),
    toldAbout: (person) => toldAbout(ctx, person),
    waitingForStaff: () => waitingForStaff(ctx),
    markTold: (toldId) => markTold(ctx, toldId),
    evidence: async (since) => {
      const ways = await waysSince(ctx.db.query, since)
      return { ways: ways.length, beyond: ways.filter((way) => isBeyond(given.policy, way)).length }
    },
    jobs: (tellers) => ({ 'partners.tellErasure': tellErasureJob(ctx, tellers) }),
  }
}
