import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Source } from '../../src/db/index.ts'
import { startMailSink, type MailSink } from '../mailSink.ts'
import { buildProgram } from '../program.ts'
import { tally5 } from '../news.ts'
import { textOf, walker } from '../walker.ts'
import { openStage, type Stage } from './stage.ts'

const READERS = 2000
let dist = ''
beforeAll(async () => {
  dist = await buildProgram('crash')
})

type Form = Readonly<Record<string, string>>
type Desk = (path: string, form?: Form) => Promise<Response>

async function signedIn(store: string, staffLink: string): Promise<Desk> {
  const entered = await fetch(staffLink, { method: 'POST', headers: { origin: store }, redirect: 'manual' })
  const cookie = entered.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  return (path, form) =>
    fetch(store + path, {
      headers: { cookie, origin: store },
      redirect: 'manual',
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    })
}

async function until(what: string, isSo: () => Promise<boolean> | boolean): Promise<void> {
  for (let tries = 0; tries < 6000; tries += 1) {
    if (await isSo()) return
    await pause(100)
  }
  throw new Error(`waited in vain: ${what}`)
}

const reader = (one: number): string => `reader${one}@mail.example`
const head = 'email,name,agreed_on,agreed_to,agreed_where'
const list = [head, ...Array.from({ length: READERS }, (_, one) => `${reader(one)},R,2026-05-31,Yes please,fair`)]

describe.each<Source['kind']>(['pglite', 'postgres'])('killed twice on %s while a campaign goes out', (kind) => {
  let stage: Stage
  let sink: MailSink
  beforeAll(async () => {
    sink = await startMailSink()
    stage = await openStage(kind, dist, sink.env)
  })
  afterAll(async () => {
    await stage.close()
    await sink.stop()
  })
  const news = () => sink.taken().filter(({ subject }) => subject === tally5.heading)

  /** Says no on the page of one's own, by the link in a mail that must come although two thousand are waiting. */
  async function sayNo(email: string): Promise<void> {
    const { store } = stage.program()
    const walk = walker()
    await walk.submit(await walk.get(`${store}/your-data`), { email }, { button: /link/ })
    const mailed = () => sink.taken().find(({ to, text }) => to === email && /\/p\//.test(text))
    await until('the mail with the link comes', () => mailed() !== undefined)
    const link = /http\S+\/p\/\S+/.exec(mailed()?.text ?? '')?.[0] ?? ''
    const held = await walk.submit(await walk.get(link), {}, { button: /^Show/ })
    expect(textOf(await walk.submit(held, {}, { button: /^Send me no news/ }))).toContain('no news')
  }

  test('the ledger is what the mail host took, nobody got it twice, and who said no in the middle never did', async () => {
    const { store, staffLink } = stage.program()
    const desk = await signedIn(store, staffLink)
    const taken = await (
      await desk('/desk/campaigns/import', { channel: 'mail', list: list.join('\n'), do: 'take' })
    ).text()
    expect(taken).toContain(`Taken in: ${READERS}.`)
    const made = await desk('/desk/campaigns', { ...tally5, product: '', country: '' })
    const path = made.headers.get('location') ?? ''
    await desk(`${path}/start`, {})

    await until('the first hundreds are out', () => news().length >= 300)
    await sayNo(reader(READERS - 1))
    expect(news().length).toBeLessThan(READERS - 1)
    await stage.kill()
    await stage.start()
    await until('some hundreds more are out', () => news().length >= 1000)
    await stage.kill()
    expect(news().length).toBeLessThan(READERS - 1)
    await stage.start()
    await until('it is over', async () => /Over/.test(await (await desk(path)).text()))
    await stage.kill()

    const ledger = await stage.remains(({ rows }) =>
      rows(`select message_id as id, outcome, because from contact_ledger where kind = 'news'`),
    )
    const ids = (outcome: string): string[] =>
      ledger.filter((row) => row['outcome'] === outcome).map((row) => String(row['id']))
    const arrived = news()
    expect(new Set(arrived.map(({ to }) => to)).size).toBe(arrived.length)
    expect(arrived.map(({ to }) => to)).not.toContain(reader(READERS - 1))
    const sunk = new Set(arrived.map(({ id }) => id))
    expect(ids('handed-over').filter((id) => !sunk.has(id))).toEqual([])
    const doubtful = new Set(ids('unknown'))
    expect([...sunk].filter((id) => !doubtful.has(id)).sort()).toEqual(ids('handed-over').sort())
    // Of whoever said no nothing was left to hold, so the start after the kill has destroyed it, the place on the list too.
    expect([ledger.length, ids('dropped').length]).toEqual([READERS - 1, 0])
    // Four places hand mails over, so each kill leaves at most four of which nobody can tell.
    expect(doubtful.size).toBeLessThanOrEqual(8)
  })
})
