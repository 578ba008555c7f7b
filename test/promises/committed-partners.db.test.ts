import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { config } from '../../examples/higosoft/config.ts'
import type { VendorPolicy } from '../../src/policy/index.ts'
import { ada, adaOnline, openShop, type Shop } from '../openShop.ts'
import { until } from '../program.ts'
import { textOf } from '../walker.ts'

type Commitment = VendorPolicy['recipients'][number]['commitment']

/** The example's register with other promises of its partners. */
function register(edits: Readonly<Record<string, Partial<Commitment>>>): Pick<VendorPolicy, 'recipients'> {
  const { recipients } = config.policy
  return { recipients: recipients.map((row) => ({ ...row, commitment: { ...row.commitment, ...edits[row.id] } })) }
}

const disclosures = async (shop: Shop, recipient: string): Promise<number> =>
  Number((await shop.rows('select count(*) as all from disclosure where recipient = $1', [recipient]))[0]?.['all'])

/** How often something was sent; asking what happened sends nothing. */
const sent = ({ received }: Shop): number => received.filter(({ method }) => method === 'POST').length

describe('when the processor’s promise has ended', () => {
  let shop: Shop
  beforeAll(async () => {
    shop = await openShop()
    await shop.advance('P1Y')
  })
  afterAll(() => shop.close())

  test('the order form says so kindly, keeps what was typed, and nothing at all is sent', async () => {
    const walk = shop.walk()
    const page = await walk.submit(await shop.orderForm(walk, 'tally'), adaOnline, { button: /^Pay/ })
    expect(page.status).toBe(503)
    expect(textOf(page)).toMatch(/its promise to protect your data must be renewed first. Nothing was passed on/)
    expect(page.html).toContain(`value="${ada.email}"`)
    expect([sent(shop), await disclosures(shop, 'stripe')]).toEqual([0, 0])
  })

  test('staff are told once a day, and see which promise has ended', async () => {
    const desk = await shop.staff()
    const told = async (): Promise<number> =>
      [...(await (await desk('/desk')).text()).matchAll(/Nothing is passed on to this partner/g)].length
    expect(await told()).toBe(1)
    const walk = shop.walk()
    await walk.submit(await shop.orderForm(walk, 'tally'), adaOnline, { button: /^Pay/ })
    expect(await told()).toBe(1)
    expect(textOf({ html: await (await desk('/desk/partners')).text() } as never)).toMatch(/Stripe.*(ended|expired)/i)
    expect(await (await shop.ask('/promises')).text()).toContain(`0 of ${config.policy.recipients.length} partners`)
  })

  test('the same order goes on when the promise is renewed', async () => {
    const walk = shop.walk()
    const shut = await walk.submit(await shop.orderForm(walk, 'tally'), adaOnline, { button: /^Pay/ })
    await shop.restart(
      register({ stripe: { hash: 'a'.repeat(64), until: '2099-01-01', periodFromFirstStart: undefined } }),
    )
    const again = await walk.submit(shut, {}, { button: /^Pay/ })
    const there = again.status === 422 ? await walk.submit(again, {}, { button: /^Pay/ }) : again
    expect(textOf(there)).toMatch(/Card number/)
    expect([sent(shop), await disclosures(shop, 'stripe')]).toEqual([1, 1])
  })
})

describe('when the mail host’s promise has ended', () => {
  const lasting = { until: '2099-01-01', periodFromFirstStart: undefined }
  let shop: Shop
  beforeAll(async () => {
    shop = await openShop(register({ stripe: lasting, mailHost: { periodFromFirstStart: 'P30D' } }))
    await shop.advance('P30D')
  })
  afterAll(() => shop.close())

  test('the buyer has the key on the page, the mail waits, and nothing is opened or passed on for it', async () => {
    expect(textOf(await shop.buy(adaOnline))).toContain('Here is your key')
    expect(await shop.rows('select outcome from contact_ledger')).toEqual([{ outcome: null }])
    expect(await shop.rows(`select because from job where kind = 'contact.handOver'`)).toEqual([
      { because: 'shut-expired' },
    ])
    expect(await disclosures(shop, 'mailHost')).toBe(0)
    const opened = `select parts from vault.access_log where ref in (select ref from contact_ledger) and 'contact' = any (parts) and kind = 'reveal'`
    expect(await shop.rows(opened)).toEqual([])
    const desk = await shop.staff()
    expect(await (await desk('/desk')).text()).toContain('Nothing is passed on to this partner')
  })

  test('a promise that was forged into the register without its document opens nothing', async () => {
    await shop.rows(`insert into commitment values ('mailHost', '${'f'.repeat(64)}', 'Forged', null, '2099-01-01')`)
    await shop.advance('PT2H')
    await until('it was tried again', async () => {
      await shop.desk().worker.idle()
      return Number((await shop.rows(`select tries from job where kind = 'contact.handOver'`))[0]?.['tries']) > 1
    })
    expect(await disclosures(shop, 'mailHost')).toBe(0)
    expect(await shop.mails(ada.email)).toEqual([])
  })

  test('the waiting mail goes out, once, when the promise is renewed', async () => {
    await shop.restart(register({ stripe: lasting, mailHost: { ...lasting, hash: 'b'.repeat(64) } }))
    await shop.advance('PT2H')
    await until('the mail went out', async () => {
      await shop.desk().worker.idle()
      return (await shop.mails(ada.email)).length > 0
    })
    await shop.settled()
    expect((await shop.mails(ada.email)).map((mail) => mail.kind)).toEqual(['receipt'])
    expect(await disclosures(shop, 'mailHost')).toBe(1)
  })
})
