import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { ContactContext } from '../../src/contact/context.ts'
import type { InboundContext } from '../../src/contact/index.ts'
import type { LicenceContext } from '../../src/core/licences/context.ts'
import type { OrderContext } from '../../src/core/orders/context.ts'
import type { SearchContext } from '../../src/core/cards/index.ts'
import type { Adapter } from '../../src/core/payments/adapter.ts'
import type { PaymentContext } from '../../src/core/payments/context.ts'
import type { PaymentsContext } from '../../src/rooms/payments/context.ts'
import type { JobContext } from '../../src/db/jobs/worker.ts'
import type { Partners, Released } from '../../src/partners/index.ts'
import type { PartnersContext } from '../../src/partners/disclose.ts'
import type { Policy } from '../../src/policy/index.ts'
import type { FieldSource, FieldSources } from '../../src/policy/types.ts'
import type { CampaignContext } from '../../src/rooms/campaigns/context.ts'
import type { OutboxContext } from '../../src/rooms/outbox/index.ts'
import type { CopiesContext } from '../../src/rooms/copies/context.ts'
import type { ImportsContext } from '../../src/rooms/imports/context.ts'
import type { LettersContext } from '../../src/rooms/letters/context.ts'
import type { PrivacyContext } from '../../src/rooms/privacy/context.ts'
import type { RequestContext } from '../../src/rooms/privacy/requests/context.ts'
import type { QuestionContext } from '../../src/rooms/questions/context.ts'
import type { PromisesContext } from '../../src/rooms/promises/context.ts'
import type { ChangeContext } from '../../src/rooms/changes/context.ts'
import type { RetentionContext } from '../../src/rooms/retention/context.ts'
import type { StaffContext } from '../../src/rooms/staff/context.ts'
import type { StoreContext } from '../../src/rooms/store/context.ts'
import type { SupportContext } from '../../src/rooms/support/context.ts'
import type { SurveysContext } from '../../src/rooms/surveys/context.ts'
import type { VisitsContext } from '../../src/rooms/visits/context.ts'
import type { Actor, KeyStore, PersonId, Sealer, Vault } from '../../src/vault/index.ts'
import type { SessionContext } from '../../src/web/index.ts'

// Nothing here is run: tsc must find an error at each `@ts-expect-error`, and none beside it.
const roomsTables: Readonly<Record<string, unknown>> = {
  'src/db/jobs': ({ db }: JobContext) => {
    db.query.selectFrom('job')
    // @ts-expect-error the worker knows only its own table
    db.query.selectFrom('order_fact')
  },
  'src/contact': ({ db }: ContactContext) => {
    db.query.selectFrom('contact_ledger')
    // @ts-expect-error the table is of orders
    db.query.selectFrom('order_person')
  },
  'src/contact/inbound': ({ db }: InboundContext) => {
    db.query.selectFrom('inbound_mark')
    // @ts-expect-error the table is of contact
    db.query.selectFrom('contact_ledger')
  },
  'src/partners': ({ db }: PartnersContext) => {
    db.query.selectFrom('disclosure')
    // @ts-expect-error the table is of contact
    db.query.selectFrom('contact_ledger')
  },
  'src/rooms/privacy/requests': ({ db }: RequestContext) => {
    db.query.selectFrom('privacy_request')
    // @ts-expect-error the table is of links
    db.query.selectFrom('link_person')
  },
  'src/rooms/changes': ({ db }: ChangeContext) => {
    db.query.selectFrom('policy_change')
    // @ts-expect-error the table is of privacy
    db.query.selectFrom('policy_version')
  },
  'src/rooms/retention': ({ db }: RetentionContext) => {
    db.query.selectFrom('retention_run')
    // @ts-expect-error the table is of orders
    db.query.selectFrom('order_view')
  },
  'src/web': ({ db }: SessionContext) => {
    db.query.selectFrom('link')
    // @ts-expect-error the table is of licences
    db.query.selectFrom('licence_owner')
  },
  'src/core/cards': ({ db }: SearchContext) => {
    db.query.selectFrom('leak_search')
    // @ts-expect-error the table is of orders
    db.query.selectFrom('order_view')
  },
  'src/core/orders': ({ db }: OrderContext) => {
    db.query.selectFrom('order_fact')
    // @ts-expect-error the table is of licences
    db.query.selectFrom('licence')
  },
  'src/core/licences': ({ db }: LicenceContext) => {
    db.query.selectFrom('licence')
    // @ts-expect-error the table is of orders
    db.query.selectFrom('order_line')
  },
  'src/core/payments': ({ db }: PaymentContext) => {
    db.query.selectFrom('checkout_session')
    // @ts-expect-error the table is of orders
    db.query.selectFrom('order_fact')
  },
  'src/rooms/payments': ({ payments }: PaymentsContext) => {
    payments.db.query.selectFrom('payout')
    // @ts-expect-error the table is of orders
    payments.db.query.selectFrom('order_fact')
  },
  'src/rooms/store': ({ db }: StoreContext) => {
    db.query.selectFrom('link')
    // @ts-expect-error the table is of orders
    db.query.selectFrom('order_person')
  },
  'src/rooms/copies': ({ links, licences }: CopiesContext) => {
    links.query.selectFrom('link')
    licences.db.query.selectFrom('registration')
    // @ts-expect-error the table is of contact
    links.query.selectFrom('contact_ledger')
    // @ts-expect-error the table is of orders
    licences.db.query.selectFrom('order_person')
  },
  'src/rooms/privacy': ({ db, links }: PrivacyContext) => {
    db.query.selectFrom('certificate')
    links.query.selectFrom('link_person')
    // @ts-expect-error the table is of the frame
    db.query.selectFrom('link_person')
    // @ts-expect-error the table is of contact
    links.query.selectFrom('contact_ledger')
  },
  'src/rooms/letters': ({ db }: LettersContext) => {
    db.query.selectFrom('letter')
    // @ts-expect-error the table is of contact
    db.query.selectFrom('contact_ledger')
  },
  'src/rooms/imports': ({ db }: ImportsContext) => {
    db.query.selectFrom('import_run')
    // @ts-expect-error the table is of orders
    db.query.selectFrom('order_fact')
  },
  'src/rooms/surveys': ({ db, links }: SurveysContext) => {
    db.query.selectFrom('survey_box')
    links.query.selectFrom('link')
    // @ts-expect-error the table is of licences
    db.query.selectFrom('licence_owner')
    // @ts-expect-error the table is of contact
    links.query.selectFrom('contact_ledger')
  },
  'src/rooms/support': ({ db, links }: SupportContext) => {
    db.query.selectFrom('ticket')
    links.query.selectFrom('link')
    // @ts-expect-error the table is of orders
    db.query.selectFrom('order_person')
  },
  'src/rooms/questions': ({ db }: QuestionContext) => {
    db.query.selectFrom('question')
    // @ts-expect-error the table is of orders
    db.query.selectFrom('order_person')
  },
  'src/rooms/staff': ({ db }: StaffContext) => {
    db.query.selectFrom('staff')
    // @ts-expect-error a box is nobody's but the vault's
    db.query.selectFrom('vault.box')
  },
  'src/rooms/visits': ({ db }: VisitsContext) => {
    db.query.selectFrom('visit_day')
    // @ts-expect-error the table is of licences
    db.query.selectFrom('licence_owner')
  },
  'src/rooms/campaigns': ({ db, links }: CampaignContext) => {
    db.query.selectFrom('news_consent')
    // @ts-expect-error the table is of contact
    db.query.selectFrom('contact_ledger')
    // @ts-expect-error a campaign is no link
    links.query.selectFrom('campaign')
  },
  'src/rooms/outbox': (ctx: OutboxContext) => {
    // @ts-expect-error the outbox page has no handle at all
    void ctx.db
  },
  'src/rooms/promises': (ctx: PromisesContext) => {
    // @ts-expect-error the promises page has no handle at all
    void ctx.db
  },
}

type At = { vault: Vault; person: PersonId; actor: Actor; sealer: Sealer; keys: KeyStore; partners: Partners }

/** What a purpose does not need does not compile. */
export async function looks({ vault, person, actor }: At): Promise<void> {
  const look = { person, actor, for: 'order:1' } as const
  await vault.reveal({ ...look, purpose: 'purchase', fields: ['email', 'licenceKey'] })
  // @ts-expect-error a purchase needs no street
  await vault.reveal({ ...look, purpose: 'purchase', fields: ['street'] })
  // @ts-expect-error nothing has a field for a card
  await vault.reveal({ ...look, purpose: 'purchase', fields: ['cardNumber'] })
  // @ts-expect-error nobody declared this purpose
  await vault.reveal({ ...look, purpose: 'advertising' })
  // @ts-expect-error a look says what it is for
  await vault.reveal({ person, actor, purpose: 'purchase' })
  // @ts-expect-error a look says who looks
  await vault.reveal({ person, for: 'order:1', purpose: 'purchase' })
  const seen = await vault.reveal({ ...look, purpose: 'tax' })
  if (seen.outcome !== 'shown') return
  void seen.values.country
  // @ts-expect-error tax never sees an e-mail address
  void seen.values.email
}

/** What arrives is named by its purposes, inside a transaction. */
export async function arrivals({ vault, sealer }: At, { db }: OrderContext): Promise<void> {
  const purposes = ['purchase'] as const
  const arrival = { purposes, notice: 1, channel: 'store' }
  await db.tx((tx) => vault.collect(tx, sealer, { ...arrival, values: { email: 'ada@example.org' } }))
  // @ts-expect-error a purchase takes no street
  await db.tx((tx) => vault.collect(tx, sealer, { ...arrival, values: { street: 'Side Street 1' } }))
  // @ts-expect-error the open database is no transaction
  await vault.collect(db.query, sealer, { ...arrival, values: {} })
}

/** What only one folder can make cannot be made by hand. */
export async function brands({ keys, person }: At, adapter: Required<Adapter>): Promise<void> {
  // @ts-expect-error only a committed log row opens a key
  await keys.get({ logId: '1' }, person, ['contract'])
  const values = { orderId: '1', amountMinor: 100 }
  const written = { recipient: 'stripe', host: 'localhost', fields: {}, values, disclosureId: '1' } as const
  // @ts-expect-error only partners lets something out
  await adapter.startCheckout(written, '1:1')
  // @ts-expect-error a text is no person
  const other: PersonId = '018f3c5e-0000-7000-8000-000000000000'
  void other
}

/** What was let out to one recipient cannot be handed to another. */
export async function recipients(mail: Released<'mailHost', 'email'>, adapter: Required<Adapter>): Promise<void> {
  // @ts-expect-error it was let out to the mail host
  await adapter.startCheckout(mail, '1:1')
}

/** No kind of personal datum is one of a card, and the policy has none. */
export function cardData(field: FieldSource, policy: Policy): void {
  const fields = { companyCode: field, panel: field, discard: field } satisfies FieldSources
  // @ts-expect-error the number of a card
  const number = { cardNumber: field } satisfies FieldSources
  // @ts-expect-error the same in another spelling
  const spelt = { customer_card_no: field } satisfies FieldSources
  // @ts-expect-error when a card ends
  const expiry = { expiryDate: field } satisfies FieldSources
  // @ts-expect-error what is printed on its back
  const code = { cvc: field, securityCode: field } satisfies FieldSources
  // @ts-expect-error the policy has no such field
  const label = policy.fields.cardNumber
  void [fields, number, spelt, expiry, code, label]
}

const src = fileURLToPath(new URL('../../src', import.meta.url))

test('every room that has tables or a context of its own has a line here that must not compile', () => {
  const found = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .map((path) => join('src', path).replaceAll('\\', '/'))
    .filter((path) => /\/(tables|context)\.tsx?$/.test(path) || /^src\/rooms\/[^/]+\/index\.ts$/.test(path))
    .map((path) => path.replace(/\/[^/]+$/, ''))
    // The vault calls functions of the database only (see the rule on SQL); the desk lists tables and holds no handle.
    .filter((room) => room !== 'src/vault' && room !== 'src/desk')
  expect(Object.keys(roomsTables).sort()).toEqual([...new Set(found)].sort())
})

test('each of them really has such a line', () => {
  const text = readFileSync(fileURLToPath(import.meta.url), 'utf8')
  const rooms = text
    .slice(text.indexOf('const roomsTables'), text.indexOf('type At ='))
    .split(/^ {2}'/m)
    .slice(1)
  expect(rooms.map((room) => room.slice(0, room.indexOf("'"))).sort()).toEqual(Object.keys(roomsTables).sort())
  for (const room of rooms) expect(room).toContain('@ts-expect-error')
})
