import type { ApiError, EventEntity } from '@paddle/paddle-node-sdk'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addFault } from '../../sim/faults/rules.ts'
import { signature } from '../../sim/paddle/webhooks.ts'
import { openScene, type Scene } from './paddle.ts'

let scene: Scene
let { paddle, state, open, paid, control, events } = {} as Scene
beforeAll(async () => {
  scene = await openScene()
  ;({ paddle, state, open, paid, control, events } = scene)
})
afterAll(() => scene.close())

const typesOf = (all: readonly EventEntity[]): string[] => all.map(({ eventType }) => eventType)
const statusOf = async (id: string): Promise<string> => (await paddle.transactions.get(id)).status
const refused = (code: string) => expect.objectContaining({ code }) as ApiError

test('the signature is the one that was computed elsewhere', () => {
  const body = '{"event_id":"evt_01","event_type":"transaction.completed"}'
  const known = 'ts=1700000000;h1=cdc5cfe323f9d9f1c1fd8f7f085bcf6f029d0ecd291e7a44b2f57b88c63dd648'
  expect(signature('pdl_ntfset_test', body, 1_700_000_000)).toBe(known)
})

test('a transaction is opened, shown, paid by a form, told twice, and found again', async () => {
  const [created] = await events(() => open('1900', '2400'))
  const one = (created?.data ?? {}) as { id: string }
  expect([created?.eventType, one.id]).toEqual(['transaction.created', expect.stringMatching(/^txn_[a-z\d]{26}$/)])
  const { checkout, details } = await paddle.transactions.get(one.id)
  expect(details?.totals).toMatchObject({ total: '4300', tax: '747', subtotal: '3553', fee: null })
  const { pathname } = new URL(checkout?.url ?? '')
  const page = await (await scene.ask(pathname)).text()
  for (const words of ['Paddle: simulator, no money moves', 'Pay €43.00']) expect(page).toContain(words)
  const card = (number: string) => ({ method: 'POST', body: new URLSearchParams({ card: number }) })
  expect((await scene.ask(pathname, card('4111 1111 1111 1111'))).status).toBe(422)
  const no = await events(() => scene.ask(pathname, card('4000 0000 0000 5126')))
  expect([typesOf(no), await statusOf(one.id)]).toEqual([['transaction.payment_failed'], 'draft'])
  const told = await events(async () => {
    const answer = await scene.ask(pathname, card('4242 4242 4242 4242'))
    expect([answer.status, answer.headers.get('location')]).toEqual([303, 'http://shop.test/r/1'])
  })
  expect(typesOf(told)).toEqual(['transaction.paid', 'transaction.completed'])
  expect(told[0]?.data).toMatchObject({ customData: { order: 'order-1' }, details: { totals: { fee: null } } })
  expect(told[1]?.data).toMatchObject({ status: 'completed', details: { totals: { fee: '265', earnings: '3288' } } })
  const { payments } = await paddle.transactions.get(one.id)
  expect(payments.map(({ status, errorCode }) => [status, errorCode])).toEqual([
    ['captured', null],
    ['error', 'not_enough_balance'],
  ])
  expect((await scene.ask(pathname)).status).toBe(404)
  expect(JSON.stringify([...state.paddle.transactions.values(), ...scene.told()])).not.toMatch(/4242|5126/)
})

test('each telling has a notification id of its own, and the event keeps its id', async () => {
  await paid()
  const [{ id } = { id: '' }] = [...state.paddle.events.values()].slice(-1)
  const again = await events(() => control(`events/${id}/tell`))
  const ids = [...state.messages.values()].map(
    ({ body }) => JSON.parse(body) as { event_id: string; notification_id: string },
  )
  const same = ids.filter((one) => one.event_id === id)
  expect([
    again.map(({ eventId }) => eventId),
    same.length,
    new Set(same.map((one) => one.notification_id)).size,
  ]).toEqual([[id], 2, 2])
})

test('a payment is pending and then succeeds or fails, comes late, or comes twice', async () => {
  const [good, bad, late, twice] = [await open(), await open(), await open(), await open()]
  const play = (id: string, story: string) => events(() => control(`transactions/${id}/pay/${story}`), 0)
  expect(typesOf(await play(good.id, 'pending'))).toEqual(['transaction.updated'])
  expect(await control(`transactions/${good.id}/succeeds`)).toEqual({ done: true })
  expect([await statusOf(good.id), await control(`transactions/${good.id}/fails`)]).toEqual([
    'completed',
    { done: false },
  ])
  await play(bad.id, 'pendingFails')
  expect(typesOf(await events(() => undefined, 3000))).toContain('transaction.payment_failed')
  expect([await statusOf(bad.id), typesOf(await play(late.id, 'backFirst'))]).toEqual(['draft', []])
  expect(await statusOf(late.id)).toBe('paid')
  expect(typesOf(await events(() => undefined, 3000))).toEqual(['transaction.paid', 'transaction.completed'])
  const both = await play(twice.id, 'paidTwice')
  const done = both.filter(({ eventType }) => eventType === 'transaction.completed').map(({ data }) => data)
  expect(done).toMatchObject([{ id: twice.id }, { customData: { order: 'order-1' }, origin: 'web' }])
})

test('what was not paid can be called off, and nothing else changed with it; what was paid cannot', async () => {
  const one = await open()
  const cancel = { status: 'canceled' } as const
  await expect(paddle.transactions.update(one.id, { ...cancel, customData: null })).rejects.toEqual(
    refused('transaction_cannot_be_modified_and_canceled'),
  )
  expect((await paddle.transactions.update(one.id, { customData: { order: 'order-2' } })).customData).toEqual({
    order: 'order-2',
  })
  expect(typesOf(await events(() => paddle.transactions.update(one.id, cancel)))).toEqual(['transaction.canceled'])
  const { id } = await paid()
  await expect(paddle.transactions.update(id, cancel)).rejects.toEqual(refused('transaction_invalid_status_change'))
  await expect(paddle.transactions.update(id, { customData: {} })).rejects.toEqual(refused('transaction_immutable'))
  await expect(paddle.transactions.get('txn_none')).rejects.toEqual(refused('not_found'))
  await expect(scene.stranger.transactions.get(id)).rejects.toEqual(refused('forbidden'))
})

test('what cannot be asked is refused: no item, no price, two currencies', async () => {
  const price = (amount: string, currencyCode: 'EUR' | 'USD' = 'EUR') => ({
    quantity: 1,
    price: {
      description: 'x',
      unitPrice: { amount, currencyCode },
      product: { name: 'x', taxCategory: 'standard' as const },
    },
  })
  for (const items of [
    [],
    [price('-1')],
    [price('1.5')],
    [price('')],
    [price('1'), price('1', 'USD')],
    [{ ...price('1'), quantity: 0 }],
  ])
    await expect(paddle.transactions.create({ items })).rejects.toEqual(refused('bad_request'))
})

test('a refund waits for the processor, is approved or rejected, and blocks others while it waits', async () => {
  const one = await paid('1000', '500')
  const [first, second] = one.details?.lineItems ?? []
  const part = (itemId = '', amount = '400') =>
    paddle.adjustments.create({
      action: 'refund',
      reason: 'asked for',
      transactionId: one.id,
      items: [{ itemId, type: 'partial', amount }],
    })
  const asked = await part(first?.id)
  expect([asked.status, asked.totals.total, asked.totals.tax]).toEqual(['pending_approval', '400', '70'])
  await expect(part(second?.id)).rejects.toEqual(refused('adjustment_pending_refund_request'))
  const [approved] = await events(() => undefined, 3000)
  expect(approved).toMatchObject({ eventType: 'adjustment.updated', data: { id: asked.id, status: 'approved' } })
  for (const [id, amount] of [
    [first?.id, '601'],
    [first?.id, '0'],
    ['txnitm_none', '1'],
  ] as const)
    await expect(part(id, amount)).rejects.toEqual(refused('adjustment_transaction_item_invalid'))
  const other = await part(second?.id, '500')
  expect(await control(`adjustments/${other.id}/reject`)).toEqual({ done: true })
  const full = { action: 'refund', reason: 'all', transactionId: one.id, type: 'full' } as const
  addFault(state, { fault: 'refundFails', next: 1 })
  expect((await paddle.adjustments.create(full)).totals.total).toBe('1100')
  expect(await events(() => undefined, 3000)).toMatchObject([{ data: { status: 'rejected' } }])
  const whole = await paddle.adjustments.create(full)
  await events(() => undefined, 3000)
  await expect(paddle.adjustments.create(full)).rejects.toEqual(refused('adjustment_transaction_item_invalid'))
  const all = await paddle.adjustments.list({ transactionId: [one.id], status: ['approved'] }).next()
  expect(all.map(({ id, totals }) => [id, totals.total])).toEqual([
    [asked.id, '400'],
    [whole.id, '1100'],
  ])
})

test('the bank warns, takes the money back, and gives it again', async () => {
  const { id } = await paid()
  expect(await events(() => control(`transactions/${id}/warn`))).toMatchObject([
    { eventType: 'adjustment.created', data: { action: 'chargeback_warning', status: 'approved' } },
  ])
  const [taken] = await events(() => control(`transactions/${id}/chargeback`))
  expect(taken).toMatchObject({ data: { action: 'chargeback', totals: { total: '1900' }, transactionId: id } })
  expect(await control(`transactions/${id}/chargeback`)).toEqual({ done: false })
  const won = await events(() => control(`adjustments/${(taken!.data as { id: string }).id}/reverse`))
  expect(won).toMatchObject([{ data: { status: 'reversed' } }, { data: { action: 'chargeback_reverse' } }])
})

test('payouts add up, and come late, in part and in another currency', async () => {
  await control('payouts')
  const { id } = await paid('10000')
  await paddle.adjustments.create({ action: 'refund', reason: 'all', transactionId: id, type: 'full' })
  await events(() => undefined, 3000)
  await paid('20000')
  addFault(state, { fault: 'payoutLate', by: 5000, next: 1 })
  addFault(state, { fault: 'payoutPartial', by: 50, next: 1 })
  addFault(state, { fault: 'payoutWrongCurrency', next: 1 })
  const [made] = await events(() => control('payouts'))
  // 20000 without tax and fee, less the fee of what was paid back; the half of it.
  expect(made).toMatchObject({
    eventType: 'payout.created',
    data: { amount: '7464', currencyCode: 'USD', status: 'unpaid' },
  })
  expect(typesOf(await events(() => undefined, 5000))).toEqual(['payout.paid'])
})

test('events can be asked for, page by page and by kind; asked, it says unpaid for a time of what was told', async () => {
  const seen: string[] = []
  for await (const { eventId } of paddle.events.list({ perPage: 3 })) seen.push(eventId)
  expect(seen).toEqual([...state.paddle.events.keys()])
  const paidOnly = await paddle.events.list({ eventType: ['transaction.paid'] }).next()
  expect(new Set(typesOf(paidOnly))).toEqual(new Set(['transaction.paid']))
  const { id } = await paid()
  addFault(state, { fault: 'apiDisagrees', forMs: 1000 })
  expect(await statusOf(id)).toBe('draft')
  await state.clock.advance(1000)
  expect(await statusOf(id)).toBe('completed')
})
