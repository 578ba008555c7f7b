import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newsroom, type Newsroom } from '../../../../test/news.ts'
import { openShop, type Shop } from '../../../../test/openShop.ts'
import { textOf } from '../../../../test/walker.ts'

let shop: Shop
let room: Newsroom

beforeAll(async () => {
  shop = await openShop()
  room = await newsroom(shop)
})
afterAll(() => shop.close())

const count = async (of: string): Promise<unknown> =>
  (await shop.rows(`select count(*)::int as n from ${of}`))[0]?.['n']
const until = async (holds: () => Promise<boolean>): Promise<void> => {
  while (!(await holds())) await wait(100)
}

test('a campaign that is held while more mails wait than are asked for at once goes on with every one of them', async () => {
  const lines = Array.from({ length: 430 }, (_, at) => `held.${at}@mail.example,2026-01-01,Yes please,fair`)
  const list = ['email,agreed_on,agreed_to,agreed_where', ...lines].join('\n')
  await room.send('/desk/campaigns/import', { channel: 'mail', list, do: 'take' })
  // The mail host is slow: what is asked for is not done yet.
  await shop.rows(
    `create function public.slow() returns trigger language plpgsql as $$ begin new.run_at := new.run_at + interval '1 hour'; return new; end $$`,
  )
  await shop.rows(
    `create trigger slow before insert on job for each row when (new.kind = 'contact.bulk') execute function public.slow()`,
  )
  const path = await room.campaign()
  await until(async () => (await count("contact_ledger where kind = 'news'")) === 400)
  await room.send(`${path}/pause`, {})
  await shop.rows('drop trigger slow on job')
  await shop.rows(`update job set run_at = run_at - interval '1 hour' where kind = 'contact.bulk'`)
  await until(async () => (await count("job where kind = 'contact.bulk' and done_at is null")) === 0)
  expect(await count("contact_ledger where kind = 'news' and outcome is not null")).toBe(0)
  await room.send(`${path}/go-on`, {})
  await until(async () => (await count("contact_ledger where kind = 'news' and outcome = 'handed-over'")) === 430)
  expect(textOf(await room.gone(path))).toContain('Over')
}, 90_000)

test('a feed of an earlier round stops, so that holding and going on leaves one', async () => {
  await shop.rows("update campaign set state = 'sending', round = round + 4")
  const [{ id, round } = {}] = await shop.rows('select campaign_id as id, round from campaign')
  const feeds = "job where kind = 'campaigns.feed'"
  const before = Number(await count(feeds))
  await shop.rows(
    `insert into job select (jsonb_populate_record(j, jsonb_build_object('job_id', gen_random_uuid(), 'key', 'old', 'done_at', null,
      'ids', jsonb_build_object('campaign', $1::text, 'round', $2::int - 1, 'turn', 7)))).* from job j where kind = 'campaigns.feed' limit 1`,
    [id, round],
  )
  await until(async () => (await count(`${feeds} and done_at is null`)) === 0)
  expect(Number(await count(feeds))).toBe(before + 1)
  expect(await shop.rows('select state from campaign')).toEqual([{ state: 'sending' }])
}, 30_000)
