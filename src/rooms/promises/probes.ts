import { ownerCounts } from '../../core/licences/index.ts'
import { askedFor, purchaseCounts } from '../../core/orders/index.ts'
import { clauses, formFor, isOn, mayReveal, type EvidenceId, type Field } from '../../policy/index.ts'
import type { PromisesContext } from './context.ts'
import { en } from './words.ts'

/** What a look at the live data showed. `holds` is false when it contradicts the promise. */
export type Evidence = { readonly holds: boolean; readonly text: string; readonly at: Date }

type Finding = Omit<Evidence, 'at'>
type Probe = (ctx: PromisesContext) => Promise<Finding> | Finding

/** Runs one probe over live data. A probe that looked at nothing says so and holds nothing against the promise. */
export async function evidenceFor(ctx: PromisesContext, id: EvidenceId): Promise<Evidence> {
  const found = await probes[id](ctx)
  return { ...found, at: ctx.now() }
}

const probes: Readonly<Record<EvidenceId, Probe>> = {
  grounds: async ({ vault }) => {
    const { all, outside } = await vault.evidence.logCount()
    const altered = await vault.evidence.firstAlteredDay()
    return { holds: outside === 0 && altered === undefined, text: en.grounds(all, outside, altered) }
  },
  formsMatchPolicy: ({ orders, policy }) => {
    const download = formFor(policy, askedFor(orders, false)).map((field) => field.label.toLowerCase())
    const box = formFor(policy, askedFor(orders, true)).map((field) => field.label.toLowerCase())
    return { holds: download.length <= 2 && box.length <= 7, text: en.forms(download, box) }
  },
  fieldsHaveHome: async (ctx) => {
    const parts = await ctx.vault.evidence.boxParts()
    const allowed = new Set(mayReveal(ctx.policy).map((row) => `${row.class} ${row.part}`))
    const stray = parts.filter((row) => !allowed.has(`${row.class} ${row.part}`))
    const boxes = parts.reduce((sum, row) => sum + row.boxes, 0)
    return { holds: stray.length === 0 && (await cardColumns(ctx)).length === 0, text: en.boxes(boxes, stray.length) }
  },
  noticeRecorded: async ({ vault, versions }) => {
    const known = new Set((await versions()).map((row) => row.version))
    const grounds = await vault.evidence.groundNotices()
    const all = grounds.reduce((sum, row) => sum + row.grounds, 0)
    return { holds: grounds.every((row) => known.has(row.notice)), text: en.notices(all) }
  },
  noticePublished: async ({ policy, versions, web }) => {
    const newest = (await versions())[0]
    return {
      holds: newest !== undefined,
      text: en.published(newest?.version ?? 0, newest ? web.dates.day(newest.publishedAt) : '', clauses(policy).length),
    }
  },
  commitments: async ({ partners, web }) => {
    const rows = await partners.register()
    const live = rows.filter((row) => row.commitment.state === 'live' || row.commitment.state === 'ends-soon')
    const ends = live
      .flatMap((row) => ('until' in row.commitment ? [row.commitment.until] : []))
      .sort((a, b) => a.getTime() - b.getTime())[0]
    return {
      holds: rows.length === live.length,
      text: en.commitments(live.length, rows.length, ends ? web.dates.day(ends) : ''),
    }
  },
  disclosures: async ({ partners, policy }) => {
    const counts = await partners.evidence()
    const beyond = counts.filter((row) => {
      const recipient = policy.recipients.find((one) => one.id === row.recipient)
      return !recipient || row.fields.some((field) => !recipient.fields.includes(field as Field))
    })
    const times = counts.reduce((sum, row) => sum + row.times, 0)
    return { holds: beyond.length === 0, text: en.disclosures(times, beyond.length) }
  },
  noCardPlace: async (ctx) => {
    const columns = await ctx.columns()
    return { holds: columns.length > 0 && (await cardColumns(ctx)).length === 0, text: en.noCard(columns.length) }
  },
  registration: async ({ licences, policy }) => {
    if (!isOn(policy, 'registration')) return { holds: true, text: en.registrationOff }
    const { licences: all, owners } = await ownerCounts(licences.db.query)
    return { holds: owners <= all, text: en.registration(all, owners) }
  },
  cookieRegister: ({ policy }) => ({
    holds: policy.cookies.every((cookie) => cookie.name.startsWith('__Host-')),
    text: en.cookies(policy.cookies.map((cookie) => cookie.name)),
  }),
  purchases: async ({ orders, licences }) => {
    const counts = await purchaseCounts(orders.db.query)
    const { licences: keys } = await ownerCounts(licences.db.query)
    return { holds: keys <= counts.lines, text: en.purchases(counts.orders, counts.paid, keys) }
  },
}

const CARD = /(^|_)(card|pan|cvc|cvv|expiry|expiration|iin|bin|track)(_|$)/

async function cardColumns(ctx: PromisesContext): Promise<string[]> {
  return (await ctx.columns())
    .map((row) => `${row.table}.${row.column}`)
    .filter((name) => CARD.test(name.replace('.', '_')))
}
