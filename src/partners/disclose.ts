import type { Database } from '../db/index.ts'
import { newId, word, type Log, type Now } from '../lib/index.ts'
import type { Field, Policy, Purpose, RetentionClass } from '../policy/index.ts'
import type { Actor, Look, PersonId, Ref, Vault } from '../vault/index.ts'
import type { Gate, ShutReason } from './gate.ts'
import { commitments, logDisclosure, logWithheld } from './queries.ts'
import { release, type OutgoingValues, type Released } from './released.ts'
import type { PartnerTables } from './tables.ts'

/** What the register and its gate need. */
export type PartnersContext = {
  readonly db: Database<PartnerTables>
  readonly vault: Pick<Vault, 'reveal'>
  readonly policy: Policy
  readonly gate: Gate
  readonly now: Now
  readonly log: Log
}

/**
 * What somebody wants to pass on. Shape: `fields` are opened by the vault for it; `carries` names fields that the
 * caller's own values already hold (a key in a mail's text); `values` hold nothing else that says who somebody is.
 */
export type Disclosure<R extends string, F extends Field> = {
  readonly recipient: R
  readonly purpose: Purpose
  readonly for: Ref
  readonly values: OutgoingValues
  readonly carries?: readonly Field[]
  readonly actor?: Actor
} & (
  | { readonly person: PersonId; readonly fields: readonly F[] }
  | { readonly person?: PersonId; readonly fields?: undefined }
)

/** What came of it. Shape: `from` is the retention class that opened fields came from; it does not leave. */
export type Disclosed<R extends string, F extends Field> =
  | { readonly outcome: 'released'; readonly released: Released<R, F>; readonly from: RetentionClass | undefined }
  | { readonly outcome: 'shut'; readonly because: ShutReason }

const program: Actor = { role: 'program', id: 'partners' }

/**
 * The only way personal data leaves for another company. The gate is asked, then the log row is committed (it is not
 * written unless the recipient's commitment is live), then the vault opens the fields, and only then is anything released.
 *
 * Errors: a refusal is an outcome with its reason. Throws when the log cannot be written; then nothing is opened.
 * Source: promises need-to-share, committed-partners.
 */
export async function disclose<R extends string, F extends Field = never>(
  ctx: PartnersContext,
  ask: Disclosure<R, F>,
): Promise<Disclosed<R, F>> {
  const fields: readonly Field[] = [...new Set([...(ask.fields ?? []), ...(ask.carries ?? [])])]
  const values = Object.keys(ask.values)
  const pass = ctx.gate({ recipient: ask.recipient, purpose: ask.purpose, fields, values })
  if ('shut' in pass) return shut(ctx, ask, pass.shut)

  const at = ctx.now()
  const id = newId(at)
  const row = {
    id,
    recipient: ask.recipient,
    purpose: ask.purpose,
    ref: ask.for,
    fields,
    values,
    person: ask.person ?? null,
    at,
  }
  const { hash } = pass.row.commitment
  if (!(await logDisclosure(ctx.db.query, row, hash)))
    return shut(ctx, ask, await whyNoCommitment(ctx, ask.recipient, hash))

  const opened = await open(ctx, ask)
  if (opened.outcome === 'refused') {
    await logWithheld(ctx.db.query, { id, because: opened.because, at: ctx.now() })
    return shut(ctx, ask, opened.because)
  }
  const released = release<R, F>({
    recipient: ask.recipient,
    host: pass.host,
    fields: opened.values,
    values: ask.values,
    disclosureId: id,
  })
  return { outcome: 'released', released, from: opened.from }
}

type Opened<F extends Field> =
  | { outcome: 'shown'; values: Partial<Record<F, string>>; from: RetentionClass | undefined }
  | { outcome: 'refused'; because: 'no-ground' | 'erased' | 'not-of-purpose' }

async function open<F extends Field>(ctx: PartnersContext, ask: Disclosure<string, F>): Promise<Opened<F>> {
  if (ask.fields === undefined || ask.fields.length === 0) return { outcome: 'shown', values: {}, from: undefined }
  const { person, purpose, fields } = ask
  // The gate has checked at run time what a purpose known only then cannot say to the compiler.
  const look = { person, purpose, fields, actor: ask.actor ?? program, for: ask.for } as unknown as Look<Purpose>
  const seen = await ctx.vault.reveal(look)
  if (seen.outcome === 'refused') return seen
  const values = seen.values as Partial<Record<Field, string>>
  const asked = fields.flatMap((field) => (values[field] === undefined ? [] : [[field, values[field]]]))
  return { outcome: 'shown', values: Object.fromEntries(asked) as Partial<Record<F, string>>, from: seen.class }
}

async function whyNoCommitment(ctx: PartnersContext, recipient: string, hash: string): Promise<ShutReason> {
  const rows = await commitments(ctx.db.query)
  return rows.some((row) => row.recipient === recipient && row.hash === hash) ? 'expired' : 'no-commitment'
}

function shut(
  ctx: PartnersContext,
  ask: { recipient: string; purpose: Purpose },
  because: ShutReason,
): { outcome: 'shut'; because: ShutReason } {
  ctx.log('partners.shut', { recipient: word(ask.recipient), purpose: word(ask.purpose), because: word(because) })
  return { outcome: 'shut', because }
}
