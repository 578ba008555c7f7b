import type { Hono } from 'hono'
import { openContact, outboxTransport, smtpTransport, type Contact } from '../contact/index.ts'
import { leave } from '../core/licences/index.ts'
import { addDailyTask, addTask } from '../core/orders/index.ts'
import { mayComeByHand, type PaymentContext } from '../core/payments/index.ts'
import { liveColumns, stuckJobs, type JobHandler, type JobTables } from '../db/index.ts'
import { errorCode, keyedHash, word } from '../lib/index.ts'
import { promisesOf } from '../policy/index.ts'
import { isEarly } from '../rooms/changes/index.ts'
import { anyStarted, noteOrder, type CampaignTables } from '../rooms/campaigns/index.ts'
import { newestVersion, privacyLinkMail, versions, type PrivacyContext } from '../rooms/privacy/index.ts'
import { watchPromises, type PromisesContext } from '../rooms/promises/index.ts'
import { staffRail, type StaffContext } from '../rooms/staff/index.ts'
import { askForPayment, howToPayMail, receiptMail, type StoreContext } from '../rooms/store/index.ts'
import { normalise } from '../vault/index.ts'
import { deskFrame, outlastsRegister, type DeskFrame, type RailItem, type Staff } from '../web/index.ts'
import { jobs } from './jobs.ts'
import { mount, outboxApp } from './mount.ts'
import type { Joined, Part } from './part.ts'
import { campaignsPart } from './parts/campaigns.ts'
import { cardsPart } from './parts/cards.ts'
import { changesPart } from './parts/changes.ts'
import { copiesPart } from './parts/sales/copies.ts'
import { keysNow, paymentsPart } from './parts/sales/payments.ts'
import { questionsPart } from './parts/questions.ts'
import { requestsPart } from './parts/requests.ts'
import { importsPart } from './parts/sales/imports.ts'
import { lettersPart } from './parts/letters.ts'
import { retentionPart } from './parts/retention.ts'
import { supportPart } from './parts/support.ts'
import { surveysPart } from './parts/surveys.ts'
import { visitsPart } from './parts/visits.ts'
import type { Core } from './settings.ts'

/** The rooms, joined. */
export type Rooms = {
  app: Hono
  outbox: Hono
  staff: StaffContext
  handlers: Record<string, JobHandler>
  /** Looks at every promise; what does not hold becomes a task. */
  watch: () => Promise<number>
  /** What rooms do at start and every hour. */
  hourly: () => Promise<void>
  /** Looks for what came in from outside, where anything does. */
  poll: (() => Promise<number>) | undefined
  stop: () => Promise<void>
}

/** Gives each room the part of the context that it uses, and wires the few calls that go upward. */
export function rooms(core: Core): Rooms {
  const transport = core.smtp ? smtpTransport(core.smtp) : outboxTransport(core.vault, '127.0.0.1')
  // The composers need rooms that need contact, so they are filled in when all are there.
  const composers: Composers = {}
  const contact = contactFor(core, transport, composers)
  const store = storeContext(core, contact)
  const parts: Part[] = []
  const privacy = privacyContext(core, contact, parts)
  composers['receipt'] = receiptMail(store)
  composers['howToPay'] = howToPayMail(store)
  composers['privacyLink'] = privacyLinkMail(privacy)
  const desk = deskFrame({ ...core, db: core.engine.for(), rail: (who) => railOf(core, parts, who) })
  const joined: Joined = { ...core, contact, desk }
  const staff = staffContext(core, { contact, desk, payments: store.payments })
  parts.push(...standingRooms(joined, { store, privacy }))
  for (const part of parts) Object.assign(composers, part.composers)
  core.pages.push(...parts.flatMap((part) => part.pages ?? []))
  const promises = promisesContext(core, privacy, parts)
  const tellers = core.smtp ? {} : { mailHost: contact.outboxTeller }
  return {
    staff,
    app: mount(core, { store, privacy, staff, promises, parts }),
    watch: () => watchPromises(promises),
    outbox: outboxApp(core, contact),
    handlers: Object.assign(
      { ...jobs(core, { store, privacy, contact }), ...contact.jobs, ...core.partners.jobs(tellers) },
      ...parts.map((part) => part.handlers),
    ),
    hourly: async () => {
      for (const part of parts) await part.hourly?.().catch((error: unknown) => roomFailed(core, error))
    },
    poll: parts.find(({ poll }) => poll)?.poll,
    stop: async () => {
      for (const part of parts) await part.stop?.()
      await transport.close()
    },
  }
}

type Opening = Parameters<typeof openContact>[0]
type Composers = Record<string, Opening['composers'][string]>

function contactFor(core: Core, transport: Opening['transport'], composers: Composers): Contact {
  return openContact({
    db: core.engine.for(),
    vault: core.vault,
    partners: core.partners,
    transport,
    composers,
    messageKey: core.keys.secret('mailId'),
    messageHost: new URL(core.baseUrl).hostname,
    now: core.now,
    log: core.log,
    tellStaff: (trouble) =>
      addTask(core.orders.db.query, core.now(), { about: trouble.for, kind: trouble.kind, ref: trouble.because }),
  })
}

/** Each room that stands by itself joins here, in the order of the desk's rail: its part is made in a file of its own. */
function standingRooms(joined: Joined, { store, privacy }: { store: StoreContext; privacy: PrivacyContext }): Part[] {
  return [
    supportPart(joined),
    lettersPart(joined, privacy),
    campaignsPart(joined),
    surveysPart(joined),
    visitsPart(joined),
    copiesPart(joined),
    importsPart(joined),
    requestsPart(joined, privacy),
    questionsPart(joined),
    retentionPart(joined, store.payments),
    paymentsPart(joined, store.payments),
    changesPart(joined),
    cardsPart(joined, store.payments),
  ]
}

/** One room that fails keeps no other from its work; staff see it once a day. */
async function roomFailed({ log, orders, now }: Core, error: unknown): Promise<void> {
  log('hourly.failed', { because: word(errorCode(error)) })
  await addDailyTask(orders.db.query, now(), { about: 'hourly', kind: 'room-failed' })
}

async function railOf(core: Core, parts: readonly Part[], who: Staff): Promise<RailItem[]> {
  const more = await Promise.all(parts.flatMap(({ rail }) => (rail ? [rail()] : [])))
  return staffRail(core, who, more)
}

function storeContext(core: Core, contact: Contact): StoreContext {
  const { engine, web, now, orders, licences, keys, partners, log, tagline } = core
  const returnToken = (orderId: string, attempt: number): string =>
    keyedHash(keys.secret('link'), orderId, String(attempt)).subarray(0, 16).toString('base64url')
  const payments: PaymentContext = {
    db: engine.for(),
    orders,
    partners,
    vault: core.vault,
    processors: core.processors,
    now,
    log,
    returnUrl: (orderId, attempt) => `${core.baseUrl}/r/${returnToken(orderId, attempt)}`,
    keysNow: keysNow(core, contact),
    notice: web.policyVersion,
    envelopes: core.envelopes,
    messageKey: keys.secret('message'),
  }
  return {
    db: engine.for(),
    web,
    now,
    orders,
    payments,
    licences,
    tagline,
    bank: core.bankTransfer,
    mailHowToPay: (tx, of) => askForPayment(contact, tx, of),
    returnToken,
    codes: {
      asked: () => anyStarted(engine.for<CampaignTables>().query),
      note: (tx, of) => noteOrder({ now }, tx, of),
    },
    cartKey: keys.secret('cart'),
    files: core.files,
  }
}

function privacyContext(core: Core, contact: Contact, parts: readonly Part[]): PrivacyContext {
  const { engine, web, now, policy, vault, partners, orders } = core
  const mayMail = (email: string): boolean => web.limits.take('linkMail', normalise('email', email))
  const leaveCopies: PrivacyContext['leaveCopies'] = (person) => leave(core.licences, person)
  const also: PrivacyContext['also'] = (person) =>
    Promise.all(parts.flatMap(({ held }) => (held ? [held(person)] : [])))
  const doors = { web, now, policy, vault, partners, contact, orders, also }
  return { db: engine.for(), links: engine.for(), ...doors, leaveCopies, mayMail }
}

type StaffParts = { readonly contact: Contact; readonly desk: DeskFrame; readonly payments: PaymentContext }

function staffContext(core: Core, { contact, desk, payments }: StaffParts): StaffContext {
  const { engine, web, now, policy, vault, partners, orders } = core
  const rows = promisesOf(policy)
  const promises = { kept: rows.filter((row) => row.state === 'kept').length, all: rows.length }
  return {
    db: engine.for(),
    web,
    desk,
    now,
    policy,
    vault,
    partners,
    orders,
    isPaidByHand: (orderId) => mayComeByHand(payments, orderId),
    mailReferences: async (person) => (await contact.ledger(person)).map((mail) => mail.messageId),
    stuck: () => stuckJobs(engine.for<JobTables>().query, 4),
    promises: () => promises,
  }
}

function promisesContext(core: Core, { contact, db }: PrivacyContext, parts: readonly Part[]): PromisesContext {
  const { engine, web, now, policy, vault, partners, orders, licences } = core
  return {
    contact,
    probes: Object.assign({}, ...parts.map((part) => part.probes)) as PromisesContext['probes'],
    web,
    now,
    policy,
    vault,
    partners,
    orders,
    licences,
    sessionsOutlast: () => outlastsRegister({ db: engine.for(), web }),
    columns: () => liveColumns(engine.for<never>().query),
    versions: () => versions(db.query),
    newest: () => newestVersion(db.query),
    untold: async () => {
      const published = await newestVersion(db.query)
      return isEarly({ db: engine.for(), now: now(), timeZone: orders.timeZone, published })
    },
  }
}
