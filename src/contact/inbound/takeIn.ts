import type { Database, Tx } from '../../db/index.ts'
import { errorCode, keyedHash, later, word, type Log, type Now } from '../../lib/index.ts'
import type { InboundMail, InboundSort } from './mail.ts'
import type { Lying, Mailbox, OpenMailbox } from './mailbox.ts'
import {
  countTry,
  dealtWith,
  dropTries,
  highestTaken,
  isMarked,
  noteUid,
  takeMark,
  triesOf,
  type Place,
} from './queries.ts'
import { inboundLimits, readMail } from './read.ts'
import type { InboundOutcome, InboundTables } from './tables.ts'

/** Marks a mail as taken in, inside the transaction of what it becomes. On `known` whoever asked must write nothing. */
export type Mark = <T>(tx: Tx<T>) => Promise<'new' | 'known'>

/** Makes something of a mail. It must call `mark` inside its one transaction; what it throws undoes both. */
export type FileMail = (mail: InboundMail, mark: Mark) => Promise<void>

/** What coming mail is taken in with. Shape: `key` 32 bytes, of the marks. */
export type InboundContext = {
  readonly db: Database<InboundTables>
  readonly mailbox: Mailbox
  readonly key: Uint8Array
  readonly now: Now
  readonly log: Log
  readonly bounced: (told: { messageId: string; status: string }) => Promise<unknown>
  /** Asks a member of staff to look into the mailbox. Shape: which mail, by number, and a word for why. */
  readonly tellStaff: (about: { validity: string; uid: number; because: string }) => Promise<void>
}

const MOST_TRIES = 5
const TRY_MS = 60_000
const MOST_AT_ONCE = 200

/**
 * Visits the mailbox once and has each new mail made into something, exactly once however many visit and whenever they stop.
 * One that cannot be fetched, read or filed is tried a few times, then left to staff, and holds up no other. Answers how many were filed.
 * Errors: throws when the mailbox cannot be reached; what it holds comes at the next visit.
 */
export function takeIn(ctx: InboundContext, file: FileMail): Promise<number> {
  return ctx.mailbox.visit(async (box) => {
    const { fresh, done } = await look(ctx, box)
    const ended = new Map([...done, ...(await takeAll(ctx, { box, file }, fresh))])
    // What is left to staff stays where they can look at it.
    const settled = [...ended].flatMap(([uid, outcome]) => (outcome === 'given-up' ? [] : [uid]))
    if (!ctx.mailbox.leaves && settled.length > 0) await box.settle(settled.slice(0, MOST_AT_ONCE))
    return fresh.filter(({ uid }) => ended.get(uid) === 'filed').length
  })
}

type Seen = { readonly fresh: readonly Lying[]; readonly done: ReadonlyMap<number, InboundOutcome> }

/**
 * Lists what may be new. Numbers only go up and are taken in order, so what lies before the last one that was taken was dealt with, but
 * for what waits to be tried again. Where mails do not stay, one that could not be moved away yet may lie anywhere, and few lie at all.
 */
async function look(ctx: InboundContext, box: OpenMailbox): Promise<Seen> {
  const { validity } = box
  const tries = await triesOf(ctx.db.query, validity)
  const unseen = (await highestTaken(ctx.db.query, validity)) + 1
  const lying = await box.list(ctx.mailbox.leaves ? Math.min(unseen, ...tries.keys()) : 1)
  const uids = new Set(lying.map(({ uid }) => uid))
  const done = await dealtWith(ctx.db.query, { validity, uids: [...uids] })
  const now = ctx.now()
  const waits = (uid: number): boolean => (tries.get(uid) ?? now) > now
  // A try of a mail that is gone would keep the list long for ever. One that was noted a moment ago may be of a mail that came since.
  const over = [...tries.keys()].filter((uid) => done.has(uid) || (!uids.has(uid) && !waits(uid)))
  await dropTries(ctx.db.query, { validity, uids: over })
  return { fresh: lying.filter(({ uid }) => !done.has(uid) && !waits(uid)).slice(0, MOST_AT_ONCE), done }
}

/** Two in a row that cannot be fetched are a connection that is gone: the second counts no try, and all else waits for the next visit. */
async function takeAll(
  ctx: InboundContext,
  work: Omit<Work, 'one'>,
  fresh: readonly Lying[],
): Promise<Map<number, InboundOutcome>> {
  const ended = new Map<number, InboundOutcome>()
  let lost = false
  for (const one of fresh) {
    const fetched = await fetchOne({ ...work, one })
    if (fetched.outcome === 'failed' && lost) break
    lost = fetched.outcome === 'failed'
    const outcome = await takeOne(ctx, { ...work, one }, fetched)
    if (outcome) ended.set(one.uid, outcome)
  }
  return ended
}

type Work = { readonly box: OpenMailbox; readonly file: FileMail; readonly one: Lying }

type Fetched =
  | { readonly outcome: 'fetched'; readonly bytes: Uint8Array }
  | { readonly outcome: 'failed'; readonly because: string }
  | { readonly outcome: 'gone' }
  | { readonly outcome: 'tooBig' }

async function fetchOne({ box, one }: Work): Promise<Fetched> {
  if (one.bytes > inboundLimits.bytes) return { outcome: 'tooBig' }
  try {
    const bytes = await box.fetch(one.uid)
    return bytes ? { outcome: 'fetched', bytes } : { outcome: 'gone' }
  } catch (error) {
    return { outcome: 'failed', because: errorCode(error) }
  }
}

/** What became of one mail; nothing yet when it is to be tried again. */
async function takeOne(ctx: InboundContext, work: Work, fetched: Fetched): Promise<InboundOutcome | undefined> {
  const place = { validity: work.box.validity, uid: work.one.uid }
  if (fetched.outcome === 'tooBig') return giveUp(ctx, place, 'too-big')
  if (fetched.outcome === 'failed') return tryLater(ctx, place, fetched.because)
  // It is looked for once more, since only a list without it says for certain that it is gone.
  if (fetched.outcome === 'gone') return tryLater(ctx, place, 'gone')
  const read = await readMail(fetched.bytes)
  if (read.outcome === 'unreadable') return giveUp(ctx, place, read.because)
  try {
    return await makeOf(ctx, { place, mail: read.mail, file: work.file })
  } catch (error) {
    return tryLater(ctx, place, errorCode(error))
  }
}

type Made = { readonly place: Place; readonly mail: InboundMail; readonly file: FileMail }

async function makeOf(ctx: InboundContext, { place, mail, file }: Made): Promise<InboundOutcome> {
  const mark = keyedHash(ctx.key, 'inbound-mark', Buffer.from(mail.fingerprint).toString('hex'))
  if (await isMarked(ctx.db.query, mark)) return note(ctx, place, 'known')
  if (mail.sort.sort === 'bounce') return takeBounce(ctx, { place, sort: mail.sort, mark })
  let answer: 'new' | 'known' | undefined
  await file(mail, async (tx) => {
    const own = tx as unknown as Tx<InboundTables>
    const at = ctx.now()
    answer = (await takeMark(own, mark, at)) ? 'new' : 'known'
    if (answer === 'new') await noteUid(own, place, { outcome: 'filed', at })
    return answer
  })
  if (answer === 'known') return note(ctx, place, 'known')
  return answer === 'new' ? 'filed' : giveUp(ctx, place, 'not-marked')
}

type Bounce = { readonly place: Place; readonly sort: Extract<InboundSort, { sort: 'bounce' }>; readonly mark: Buffer }

/** A report counts when it brings back a Message-ID of ours; a delay is no news. Telling twice changes nothing, so the mark comes last. */
async function takeBounce(ctx: InboundContext, { place, sort, mark }: Bounce): Promise<InboundOutcome> {
  const { messageId, reports } = sort
  for (const { action, status } of reports)
    if (messageId && action === 'failed') await ctx.bounced({ messageId, status })
  await ctx.db.tx(async (tx) => {
    await takeMark(tx, mark, ctx.now())
    await noteUid(tx, place, { outcome: 'bounce', at: ctx.now() })
  })
  return 'bounce'
}

async function note(ctx: InboundContext, place: Place, outcome: InboundOutcome): Promise<InboundOutcome> {
  await ctx.db.tx((tx) => noteUid(tx, place, { outcome, at: ctx.now() }))
  return outcome
}

async function giveUp(ctx: InboundContext, place: Place, because: string): Promise<InboundOutcome> {
  await ctx.tellStaff({ ...place, because })
  ctx.log('mail.givenUp', { because: word(because) })
  return note(ctx, place, 'given-up')
}

async function tryLater(ctx: InboundContext, place: Place, because: string): Promise<InboundOutcome | undefined> {
  ctx.log('mail.notFiled', { because: word(because) })
  const nextAt = later(ctx.now(), TRY_MS)
  const tries = await countTry(ctx.db.query, place, { because, nextAt })
  return tries < MOST_TRIES ? undefined : giveUp(ctx, place, because)
}
