import { keysPerOrder, keysWithoutPiece, ownerCounts } from '../../core/licences/index.ts'
import { askedFor, listOrders } from '../../core/orders/index.ts'
import { Broken, instant } from '../../lib/index.ts'
import {
  clauses,
  difference,
  formFor,
  isOn,
  mayReveal,
  type EvidenceId,
  type Field,
  type Finding,
  type Part,
  type Policy,
  type Purpose,
} from '../../policy/index.ts'
import type { PromisesContext, PublishedVersion } from './context.ts'
import { en } from './words.ts'

type Found = 'holds' | 'broken' | 'nothing'
type Probe = (ctx: PromisesContext) => Promise<Finding>

/** One look at the live data for each kind of evidence that this room gathers itself. None of them tells how much was sold: the page is for everybody. */
const own: Readonly<Partial<Record<EvidenceId, Probe>>> = {
  grounds: async (ctx) => {
    const version = await inForce(ctx)
    const altered = await ctx.vault.evidence.firstAlteredDay()
    if (altered !== undefined) return { holds: false, text: en.altered(altered) }
    const { looks, outside } = await ctx.vault.evidence.looksSince(version.publishedAt)
    return said(judge(looks, outside), en.grounds(version.version))
  },
  formsMatchPolicy: async ({ orders, policy, vault }) => {
    const labels = (needsAddress: boolean): string[] =>
      formFor(policy, askedFor(orders, needsAddress)).map((field) => field.label)
    const { boxes, groundless } = await vault.evidence.boxesChecked()
    return said(judge(boxes, groundless), en.forms(labels(false), labels(true)))
  },
  fieldsHaveHome: async (ctx) => {
    const parts = await ctx.vault.evidence.boxParts()
    const allowed = new Set(mayReveal(ctx.policy).map((row) => `${row.class} ${row.part}`))
    const stray = parts.filter((row) => !allowed.has(`${row.class} ${row.part}`))
    const found = judge(parts.length, stray.length)
    return said((await cardColumns(ctx)).length > 0 ? 'broken' : found, en.kinds)
  },
  noticeRecorded: async ({ vault, versions }) => {
    const known = new Set((await versions()).map((row) => row.version))
    const grounds = await vault.evidence.groundNotices()
    return said(judge(grounds.length, grounds.filter((row) => !known.has(row.notice)).length), en.notices)
  },
  noticePublished: async (ctx) => {
    const newest = await inForce(ctx)
    const changes = difference(newest.clauses, clauses(ctx.policy))
    const same = newest.clauses.length > 0 && changes.length === 0
    if (await ctx.untold()) return { holds: false, text: en.untold(newest.version) }
    const day = ctx.web.dates.day(newest.publishedAt)
    return said(same ? 'holds' : 'broken', en.published(newest.version, day, newest.clauses.length))
  },
  commitments: async ({ partners, web }) => {
    const rows = await partners.register()
    const ends = rows.flatMap(({ commitment }) => ('until' in commitment ? [commitment.until] : []))
    const first = ends.sort((a, b) => a.getTime() - b.getTime())[0]
    const text = en.commitments(ends.length, rows.length, first ? web.dates.day(first) : '')
    return { holds: rows.length > 0 && rows.length === ends.length, text }
  },
  disclosures: async (ctx) => {
    const version = await inForce(ctx)
    const { ways, beyond } = await ctx.partners.evidence(version.publishedAt)
    return said(judge(ways, beyond), en.disclosures(version.version))
  },
  sales: async (ctx) => {
    const version = await inForce(ctx)
    const { beyond } = await ctx.partners.evidence(version.publishedAt)
    const own = ctx.policy.recipients.filter((row) => !row.onInstructions && row.purposes.some(isOutreach))
    return said(beyond + own.length > 0 ? 'broken' : 'holds', en.sales)
  },
  noCardPlace: async (ctx) => {
    const columns = await ctx.columns()
    const none = columns.length > 0 && (await cardColumns(ctx)).length === 0
    return said(none ? 'holds' : 'broken', en.noCard(columns.length))
  },
  registration: async (ctx) => {
    const { owners, ofNothing } = await ownerCounts(ctx.licences.db.query)
    const boxes = (await ctx.vault.evidence.boxParts()).filter((row) => row.class === 'relation')
    if (!isOn(ctx.policy, 'registration')) {
      const left = owners + boxes.filter((row) => row.part !== 'message').length
      return said(left === 0 ? 'holds' : 'broken', en.registrationOff)
    }
    return said(judge(owners + boxes.length, ofNothing + (await takenBeyond(ctx))), en.registration)
  },
  cookieRegister: async (ctx) => {
    const { cookies } = ctx.policy
    const own = cookies.every((cookie) => cookie.name.startsWith('__Host-') && cookie.path === '/')
    const found = own && !(await ctx.sessionsOutlast()) ? 'holds' : 'broken'
    return said(found, en.cookies(cookies.map((cookie) => cookie.name)))
  },
  purchases: async (ctx) => {
    const ids = (await listOrders(ctx.orders.db.query, 'newest')).map((order) => order.id)
    const keys = await keysPerOrder(ctx.licences.db.query, ids)
    // Whether they are paid is read after their keys: a payment in between makes nothing look wrong.
    const orders = await listOrders(ctx.orders.db.query, 'newest')
    const tooMany = orders.filter(({ id, units, paid_at }) => (keys.get(id) ?? 0) > (paid_at ? units : 0))
    const wrong = tooMany.length + (await keysWithoutPiece(ctx.licences.db.query))
    return said((await ctx.contact.isRepeated('receipt')) ? 'broken' : judge(orders.length, wrong), en.purchases)
  },
}

/** Looks at the live data for one kind of evidence. Errors: throws when no room gathers it. */
export async function look(ctx: PromisesContext, id: EvidenceId): Promise<Finding> {
  const probe = ctx.probes[id] ?? (() => own[id]?.(ctx))
  const found = await probe()
  if (!found) throw new Broken(`no-evidence-${id}`)
  return found
}

/** What the vendor begins by itself: whoever is given something for it may act on instructions only. */
function isOutreach(purpose: string): boolean {
  return /^(campaign|survey$|statistics$)/.test(purpose)
}

function judge(all: number, wrong: number): Found {
  if (wrong > 0) return 'broken'
  return all > 0 ? 'holds' : 'nothing'
}

function said(found: Found, words: Readonly<Partial<Record<Found, string>>>): Finding {
  return { holds: found !== 'broken', text: words[found] ?? en.nothingYet }
}

const unpublished: PublishedVersion = { version: 0, publishedAt: instant('1970-01-01'), clauses: [] }

async function inForce(ctx: PromisesContext): Promise<PublishedVersion> {
  return (await ctx.newest()) ?? unpublished
}

/** Groups that the registration holds although the order did not have to ask for them. */
async function takenBeyond({ policy, vault }: PromisesContext): Promise<number> {
  const { takesFrom = [], fields = {} } = policy.purposes.registration ?? {}
  const asks = (purpose: string, part: string): boolean =>
    Object.keys(policy.purposes[purpose as Purpose]?.fields ?? {}).some((field) => partOf(policy, field) === part)
  const typed = Object.keys(fields).filter((field) => policy.fields[field as Field].input !== 'made')
  const parts = [...new Set(typed.map((field) => partOf(policy, field)))]
  const counts = parts.map((part) => {
    const from = takesFrom.filter((purpose) => asks(purpose, part)) as Purpose[]
    return vault.evidence.boxesBeyond({ class: 'relation', part, from, beside: takesFrom as Purpose[] })
  })
  return (await Promise.all(counts)).reduce((sum, boxes) => sum + boxes, 0)
}

function partOf(policy: Policy, field: string): Part {
  return policy.fields[field as Field].part
}

const CARD = /(^|_)(card|pan|cvc|cvv|expiry|expiration|iin|bin|track)(_|$)/

async function cardColumns(ctx: PromisesContext): Promise<string[]> {
  return (await ctx.columns())
    .map((row) => `${row.table}.${row.column}`)
    .filter((name) => CARD.test(name.replace('.', '_')))
}
