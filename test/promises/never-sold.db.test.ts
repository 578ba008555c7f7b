import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { policy as shipped } from '../../examples/higosoft/policy.ts'
import { openPartners, type Partners } from '../../src/partners/index.ts'
import { defaults, effectivePolicy, type Purpose } from '../../src/policy/index.ts'
import { newsroom, type Newsroom } from '../news.ts'
import { openShop, type Shop } from '../openShop.ts'
import { textOf } from '../walker.ts'

let shop: Shop
let room: Newsroom
let partners: Partners

beforeAll(async () => {
  shop = await openShop()
  room = await newsroom(shop)
  const { policy, vault } = shop.desk()
  const hosts = Object.fromEntries(policy.recipients.map(({ id, host }) => [id, host]))
  const db = shop.at.engine.for<never>()
  partners = openPartners({ db: db as never, vault, policy, mode: 'example', hosts, now: shop.now, log: () => {} })
  await room.subscribe('ada.sold@mail.example', 'Ada')
})
afterAll(() => shop.close())

const outreach: readonly Purpose[] = ['campaignMail', 'campaignPost', 'campaignTelephone', 'survey', 'statistics']
const broker = {
  ...shipped.recipients[0],
  id: 'broker',
  name: 'Address Broker',
  host: 'broker.example',
  purposes: ['campaignMail'],
  fields: ['email', 'name'],
  values: ['price'],
}
const faultsOf = (recipient: object): string => {
  const read = effectivePolicy({ ...shipped, recipients: [...shipped.recipients, recipient as never] })
  return read.ok ? '' : read.faults.join('\n')
}

describe('the policy has no word for a sale:', () => {
  test('no purpose and no kind of partner names one', () => {
    const said = JSON.stringify([defaults.purposes, defaults.fields])
    expect(said).not.toMatch(/\b(resell|rent out|broker|monetis|data sale|third[- ]party marketing)/i)
    for (const kind of ['data broker', 'advertiser', 'buyer', 'affiliate'])
      expect([kind, faultsOf({ ...broker, kind, onInstructions: true })]).toEqual([kind, expect.stringMatching(/kind/)])
  })

  test('a partner who would use news or surveys for itself keeps the shop from starting', () => {
    expect(faultsOf({ ...broker, purposes: ['campaignMail'], onInstructions: false })).not.toBe('')
    for (const purpose of outreach)
      expect([purpose, faultsOf({ ...broker, purposes: [purpose], onInstructions: false })]).not.toEqual([purpose, ''])
  })
})

describe('nothing of the readers of news leaves but to the host that carries the mail:', () => {
  test('the gate gives their addresses to nobody else, for no purpose', async () => {
    const [person] = await shop.desk().vault.find('email', 'ada.sold@mail.example')
    if (!person) throw new Error('nobody is found by that address')
    for (const purpose of outreach)
      for (const { id } of shop.desk().policy.recipients.filter((row) => row.id !== 'mailHost')) {
        const ask = {
          recipient: id,
          purpose,
          person,
          fields: ['email' as const],
          values: {},
          for: 'campaign:1' as const,
        }
        expect([id, purpose, (await partners.disclose(ask)).outcome]).toEqual([id, purpose, 'shut'])
      }
    expect(
      (await partners.disclose({ recipient: 'broker', purpose: 'campaignMail', values: {}, for: 'campaign:1' }))
        .outcome,
    ).toBe('shut')
  })

  test('no page of the desk gives out a list: counts only, no file of addresses, nobody by name', async () => {
    const path = await room.campaign()
    const run = await room.gone(path)
    for (const page of [run, await room.page('/desk/campaigns'), await room.page('/desk/campaigns/import')])
      expect(page.html).not.toMatch(/ada\.sold|mail\.example/)
    for (const file of ['recipients.csv', 'export.csv', 'recipients', 'audience.csv'])
      expect((await shop.ask(`${path}/${file}`)).status).toBe(404)
  })

  test('what a campaign passed on is the address to the mail host, each time written down', async () => {
    await room.gone(await room.campaign())
    const rows = await shop.rows(
      `select distinct recipient, array_to_string(fields, ' ') as fields from disclosure where purpose = any ($1)`,
      [outreach],
    )
    expect(rows.length).toBeGreaterThan(0)
    for (const row of rows)
      expect([row['recipient'], row['fields']]).toEqual(['mailHost', expect.stringMatching(/^email( name)?$/)])
  })
})

test('the page of promises looks at the register and at what was passed on, and a sale turns it red', async () => {
  const said = async () => {
    await shop.advance('PT2M')
    return textOf(await shop.walk().get(room.url('/promises')))
  }
  expect(await said()).toContain('No partner may use news, surveys or counts for itself')
  await shop.rows(
    `insert into disclosure (disclosure_id, recipient, purpose, ref, fields, value_names, person_id, at)
     select gen_random_uuid(), 'broker', 'campaignMail', 'campaign:1', '{email}', '{price}', null, $1`,
    [shop.now()],
  )
  expect(await said()).toContain('to somebody who may not have it')
})
