import { afterAll, beforeAll, expect, test } from 'vitest'
import { bela, idOf, letterDesk, type LetterDesk } from '../letterDesk.ts'
import { openShop, type Shop } from '../openShop.ts'
import { readPdf } from '../pdf.ts'
import { textOf } from '../walker.ts'

const message = 'My copy shows the wrong year. Zonnebloem-2207.'

let shop: Shop
let at: LetterDesk
beforeAll(async () => {
  shop = await openShop()
  at = await letterDesk(shop)
})
afterAll(() => shop.close())

const evidence = async (): Promise<string> => textOf(await shop.walk().get(`${shop.baseUrl}/promises`))
const look = { actor: { role: 'desk', id: 'sam' }, for: 'letter:1' } as const

async function writerOf(path: string) {
  const [row] = await shop.rows('select person_id as person from letter where letter_id = $1', [idOf(path)])
  return row?.['person'] as Parameters<ReturnType<Shop['desk']>['vault']['may']>[0]
}

test('a letter is held to answer it, under the notice in force, until 30 days after it came', async () => {
  const writer = await writerOf(await at.arrived({ ...bela, message }))
  const grounds = await shop.rows(
    `select purpose, legal_basis, notice, channel, until - event_at = interval '30 days' as thirty
     from vault.basis where person_id = $1`,
    [writer],
  )
  expect(grounds).toEqual([
    { purpose: 'correspondence', legal_basis: 'interest', notice: 1, channel: 'letter', thirty: true },
  ])
  expect(await evidence()).toContain('held now: each within its time and on a ground of its own')
})

test('who wrote a letter is in no other list: no news, no survey, no support case, no order can open or reach them', async () => {
  const { vault } = shop.desk()
  const writer = await writerOf(await at.arrived({ ...bela, message }))
  for (const purpose of [
    'campaignMail',
    'campaignPost',
    'survey',
    'support',
    'enquiry',
    'purchase',
    'fulfilment',
  ] as const) {
    expect(await vault.may(writer, purpose), purpose).toBe(false)
    const seen = await vault.reveal({ ...look, person: writer, purpose })
    expect(seen.outcome, purpose).toBe('refused')
    const texts = await vault.openTexts({ ...look, person: writer, purpose })
    expect(texts.outcome, purpose).toBe('refused')
  }
  for (const audience of ['campaignMail', 'campaignPost', 'survey'] as const)
    for await (const page of vault.personsOf(audience)) expect(page).not.toContain(writer)
})

test('the first answer says why the letter is held, how long, and what can be asked, whatever staff typed', async () => {
  const path = await at.arrived({ ...bela, message })
  const print = await at.answered(path, 'post', 'No.')
  const pages = readPdf(Buffer.from(await (await at.ask(print, {})).arrayBuffer()))
  const said = pages.flatMap(({ runs }) => runs.map(({ text }) => text)).join(' ')
  const { purposes } = shop.desk().policy
  expect(said).toContain(purposes.correspondence?.sentence.en ?? 'nothing')
  expect(said).toMatch(/until 30 days after .*\/your-data .*version 1 of our privacy policy/)
})

test('the writer sees the letter under their own address and can have it erased, and nothing of it is left', async () => {
  const mine = { ...bela, email: 'bela.erases@mail.example' }
  const path = await at.arrived({ ...mine, message })
  const writer = await writerOf(path)
  await at.answered(path)
  const held = await shop.held(mine.email)
  expect(held.html).toContain(bela.street)
  const on = shop.walk()
  await on.submit(await on.follow(held, /^Erase/), {}, { button: /^Erase now/ })
  await shop.settled()
  for (const table of ['letter', 'letter_reply', 'letter_step', 'vault.box', 'vault.text_key', 'vault.basis'])
    expect(await shop.rows(`select 1 from ${table} where person_id = $1`, [writer]), table).toEqual([])
  expect((await at.ask(path)).status).toBe(404)
})

test('a letter whose end was taken away is found by the promises page as soon as it is late', async () => {
  const path = await at.arrived({ message: 'Anonymous. Zonnebloem-1.' })
  const writer = await writerOf(path)
  await shop.rows(`update vault.basis set until = null, event_at = null where person_id = $1`, [writer])
  await shop.advance('P29D')
  expect(await evidence()).not.toContain('A letter is held that should be gone')
  await shop.advance('P3D')
  await shop.restart()
  expect(await evidence()).toContain('A letter is held that should be gone')
  await shop.rows(`update vault.basis set until = now() - interval '1 day' where person_id = $1`, [writer])
  await shop.restart()
  expect(await evidence()).toContain('No letter is held now')
  expect(await shop.rows('select 1 from vault.text_key where person_id = $1', [writer])).toEqual([])
})

test('where letters are switched off there is no tray, and nothing can be sent to it', async () => {
  await shop.restart({ purposes: { correspondence: { off: true } } })
  at = await letterDesk(shop)
  expect((await at.ask('/desk/letters')).status).toBe(404)
  expect((await at.send({ message })).status).toBe(404)
})
