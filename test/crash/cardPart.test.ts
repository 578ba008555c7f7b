import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Source } from '../../src/db/index.ts'
import { search } from '../erase/search.ts'
import { buildProgram, until } from '../program.ts'
import { walker } from '../walker.ts'
import { openStage, type Stage } from './stage.ts'

let dist = ''
beforeAll(async () => {
  dist = await buildProgram('crash')
})

type Row = Readonly<Record<string, unknown>>

describe.each<[Source['kind']]>([['pglite'], ['postgres']])('killed while a card part is held (%s)', (kind) => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage(kind, dist, (sim) => sim.allEnv)
  })
  afterAll(() => stage.close())

  const receipts = (): Promise<readonly Row[]> =>
    stage.remains(({ rows }) => rows('select order_ref, how, destroyed_at from envelope_receipt'))

  test('nothing of it is on the disk, it has its receipt after the start, and the order still comes to its end', async () => {
    const walk = walker()
    const form = await walk.follow(await walk.get(`${stage.program().store}/products/tally`), /^Buy/)
    const typed = { email: 'killed@mail.example', country: 'BE', processor: 'sealed' }
    const page = await walk.submit(form, typed, { button: /^Pay/ })
    const id = page.url.split('/').at(-1) ?? ''
    await stage.sim.post(`sealed/orders/${id}/received`)
    await until('the notice was taken', async () => {
      const messages = await stage.sim.look<{ state: string }[]>('messages')
      return messages.length === 1 && messages[0]?.state === 'delivered'
    })
    await stage.kill()
    expect(await receipts()).toMatchObject([{ how: null, destroyed_at: null }])
    const { card } = await stage.sim.look<{ card: string }>(`sealed/orders/${id}/card`)
    const [head = '', wrapped = '', , sealed = ''] = card.split('.')
    const { found } = await search({ folders: stage.folders }, ['4242424242424242', head.slice(0, 40), wrapped, sealed])
    expect(found).toEqual([])

    await stage.start()
    await stage.sim.post(`sealed/orders/${id}/completed`)
    const back = await backOf(id)
    await until('the order is complete', async () => /id="keys"/.test((await walk.get(back)).html))
    await stage.kill()
    expect(await receipts()).toMatchObject([{ how: 'restart' }])
    expect(await stage.remains(({ rows }) => rows('select headline from order_view'))).toEqual([{ headline: 'paid' }])
  })

  async function backOf(id: string): Promise<string> {
    const orders = await stage.sim.look<{ id: string; returnUrl: string }[]>('sealed/orders')
    return orders.find((one) => one.id === id)?.returnUrl ?? ''
  }
})
