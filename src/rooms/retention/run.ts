import { dayIn, earlier, errorCode, word } from '../../lib/index.ts'
import type { Due } from '../../vault/index.ts'
import type { RetentionContext } from './context.ts'
import { addRun, lastRun, type Run } from './queries.ts'
import type { HeldBecause } from './tables.ts'

const DAY_MS = 86_400_000
/** A clock that jumps this far is more often wrong than the program was off for so long. */
const JUMP_DAYS = 45
/** So many may always go at once; beyond that a tenth of all. */
const ALWAYS = 200
const SHARE = 0.1
/** Lines of the log live two years. Source: architecture, vault. */
const LOOKS_DAYS = 730

type RunContext = Pick<RetentionContext, 'db' | 'vault' | 'now' | 'log' | 'drafts' | 'tellStaff'>

/** An unpaid order that is over. */
type Draft = { readonly drop: () => Promise<void> }

/** What the next run would do. Shape: `held` when it would stop and ask. */
export type Ahead = { readonly due: Due; readonly drafts: readonly Draft[]; readonly held: HeldBecause | undefined }

/** Looks for what is over, and changes nothing. */
export async function lookAhead(ctx: RunContext): Promise<Ahead> {
  const due = await ctx.vault.due()
  const drafts = await ctx.drafts()
  return { due, drafts, held: await whyHeld(ctx, { due, drafts }) }
}

/** Destroying cannot be undone, so what looks like a wrong clock or a wrong policy waits for a human. */
async function whyHeld(ctx: RunContext, { due, drafts }: Omit<Ahead, 'held'>): Promise<HeldBecause | undefined> {
  const last = await lastRun(ctx.db.query)
  const apart = last ? Math.abs(ctx.now().getTime() - last.at.getTime()) : 0
  if (apart > JUMP_DAYS * DAY_MS || last?.because === 'clock-jumped') return 'clock-jumped'
  const going = due.over.length + drafts.length + due.groups
  return going > Math.max(ALWAYS, due.of * SHARE) ? 'too-many' : undefined
}

/**
 * Destroys what is over: unpaid orders, classes whose last ground ended, groups that nothing needs any more, old lines of the log.
 * A run that would destroy too much at once, or after the clock has jumped, is held and staff are told; `anyway` is their answer.
 */
export async function runRetention(ctx: RunContext, anyway = false): Promise<Run> {
  const ahead = await lookAhead(ctx)
  if (ahead.held && !anyway) return hold(ctx, ahead, ahead.held)
  const drafts = await dropDrafts(ctx, ahead.drafts)
  const { persons, groups, failed } = await ctx.vault.expire(ahead.due.over)
  const looks = await ctx.vault.dropOldLooks(dayIn('UTC', earlier(ctx.now(), LOOKS_DAYS * DAY_MS)))
  if (failed + drafts.failed > 0) await ctx.tellStaff('retention-failed')
  return noted(ctx, {
    outcome: 'done',
    because: null,
    persons,
    groups,
    drafts: drafts.dropped,
    looks,
    failed: failed + drafts.failed,
  })
}

/** One that fails stops nobody else. */
async function dropDrafts(ctx: RunContext, drafts: readonly Draft[]): Promise<{ dropped: number; failed: number }> {
  let [dropped, failed] = [0, 0]
  for (const draft of drafts)
    await draft.drop().then(
      () => (dropped += 1),
      (error: unknown) => {
        failed += 1
        ctx.log('retention.failed', { because: word(errorCode(error)) })
      },
    )
  return { dropped, failed }
}

async function hold(ctx: RunContext, { due, drafts }: Ahead, because: HeldBecause): Promise<Run> {
  await ctx.tellStaff('retention-held')
  const counts = { persons: due.over.length, groups: due.groups, drafts: drafts.length, looks: 0, failed: 0 }
  return noted(ctx, { outcome: 'held', because, ...counts })
}

async function noted(ctx: RunContext, run: Omit<Run, 'at'>): Promise<Run> {
  const whole = { ...run, at: ctx.now() }
  await addRun(ctx.db.query, whole)
  const { persons, groups, drafts, looks, failed } = run
  if (persons + groups + drafts + looks + failed > 0)
    ctx.log('retention.run', { persons, groups, drafts, looks, failed })
  return whole
}
