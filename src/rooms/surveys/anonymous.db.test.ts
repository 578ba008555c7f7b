import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testEngine, type TestEngine } from '../../../test/engine.ts'
import { later, movableClock, newId, newToken, systemNow } from '../../lib/index.ts'
import { addInvitation, type InvitationId } from './answer/queries.ts'
import { takeAnswer } from './answer/take.ts'
import { drawn, type Draw } from './box/box.ts'
import { ballotsOf } from './box/opened.ts'
import type { BoxContext } from './context.ts'
import type { Definition } from './form/definition.ts'
import type { SurveyId } from './queries.ts'
import { surveyById } from './queries.ts'
import { draft } from './staff/drafts.ts'
import { close, publish } from './staff/publish.ts'
import type { SurveyTables } from './tables.ts'
import type { PersonId } from '../../vault/index.ts'

const INVITED = 24
const definition: Definition = {
  title: 'What do you think of Tally?',
  intro: '',
  questions: [
    { kind: 'choice', text: 'Which?', options: ['A', 'B'] },
    { kind: 'text', text: 'What else?' },
  ],
}

let at: TestEngine
const clock = movableClock(systemNow())
beforeAll(async () => {
  at = await testEngine()
})
afterAll(() => at.close())

function context(draw: Draw = drawn): BoxContext {
  const db = at.engine.for<SurveyTables>()
  return { db, now: clock.now, boxKey: () => new Uint8Array(32).fill(9), draw }
}

async function opened(ctx: BoxContext): Promise<SurveyId> {
  const id = await draft(ctx, definition)
  const survey = await surveyById(ctx.db.query, id)
  if (!survey) throw new Error('no draft')
  await publish(ctx, { survey, mode: 'anonymous', term: 'P14D' })
  return id
}

/** Invitations in the order in which they will be used; each answers with the number that is its own. */
async function answered(ctx: BoxContext, survey: SurveyId, count = INVITED): Promise<InvitationId[]> {
  const order: InvitationId[] = []
  for (let one = 0; one < count; one += 1) {
    clock.advance(60_000)
    const id = newId<'invitation'>(clock.now()) as InvitationId
    const person = newId<'person'>(clock.now()) as PersonId
    await ctx.db.tx((tx) => addInvitation(tx, { id, survey, person }))
    order.push(id)
  }
  for (const [one, invitation] of order.entries()) {
    clock.advance(60_000)
    const answers = [[one % 2], `answer ${one}`]
    const taken = await takeAnswer(ctx, { survey, answers, once: newToken(), invitation })
    expect(taken.outcome).toBe('taken')
  }
  return order
}

/** Whose answer a text is, as the test alone knows. */
const giver = (text: unknown): number => Number(/^answer (\d+)/.exec(String(text))?.[1] ?? -1)

/** All that can be seen of one answer from outside of it. Shape: `place` is its place in what was read. */
type Clue = { readonly giver: number; readonly place: number; readonly seen: Readonly<Record<string, string>> }

/** What whoever has every table, the system's own columns and even the key can see, in stored order. */
async function clues(ctx: BoxContext, survey: SurveyId): Promise<Clue[]> {
  const ballots = await ballotsOf(ctx, survey)
  const [row] = await at.engine.asOwner((ask) =>
    ask('select xmin::text, ctid::text from survey_box where survey_id = $1', [survey]),
  )
  return ballots.map(({ said, receipt }, place) => ({
    place,
    giver: giver(said[1]),
    seen: { id: receipt, xmin: String(row?.['xmin']), ctid: String(row?.['ctid']), day: '' },
  }))
}

/** The design that surveys usually have: a row for an answer, without a name. */
async function leakyClues(): Promise<Clue[]> {
  return at.engine.asOwner(async (ask) => {
    await ask('create table leaky (id uuid primary key, day date not null, words text not null)')
    for (let one = 0; one < INVITED; one += 1) {
      clock.advance(60_000)
      const id = newId<'leaky'>(clock.now())
      await ask('insert into leaky values ($1, $2, $3)', [id, clock.now(), `answer ${one}`])
    }
    const rows = await ask('select xmin::text, ctid::text, id::text, day::text, words from leaky order by random()')
    await ask('drop table leaky')
    return rows.map(({ words, ...seen }, place) => ({
      place,
      giver: giver(words),
      seen: Object.fromEntries(Object.entries(seen).map(([name, value]) => [name, String(value)])),
    }))
  })
}

type Strategy = (all: readonly Clue[]) => readonly Clue[]
const by =
  (rank: (clue: Clue) => number): Strategy =>
  (all) =>
    all.toSorted((a, b) => rank(a) - rank(b))
const bySeen =
  (name: string): Strategy =>
  (all) =>
    all.toSorted((a, b) => (a.seen[name] ?? '').localeCompare(b.seen[name] ?? '', 'en', { numeric: name !== 'id' }))

/** Ways to put answers in an order and match them with the invitees in theirs. */
const strategies: Readonly<Record<string, Strategy>> = {
  'as stored': by(({ place }) => place),
  'the other way round': by(({ place }) => -place),
  'odd places, then even ones': by(({ place }) => (place % 2) * 1000 + place),
  'from the middle': by(({ place }) => Math.abs(place - INVITED / 2)),
  'by id': bySeen('id'),
  'by xmin': bySeen('xmin'),
  'by ctid': bySeen('ctid'),
  'by day': bySeen('day'),
}

const rightIn = (guess: readonly Clue[]): number => guess.filter((clue, invitee) => clue.giver === invitee).length

const ROUNDS = 12
// Of a guess by lot one in each round is right on average; so many above it in all rounds come once in some ten thousand runs.
const CHANCE = ROUNDS + 4.5 * Math.sqrt(ROUNDS)

async function rightGuesses(draw: Draw, atEnd: boolean): Promise<Map<string, number>> {
  const right = new Map(Object.keys(strategies).map((name) => [name, 0]))
  for (let round = 0; round < ROUNDS; round += 1) {
    const ctx = context(draw)
    const survey = await opened(ctx)
    await answered(ctx, survey)
    if (atEnd) await close(ctx, survey)
    const all = await clues(ctx, survey)
    expect(all).toHaveLength(INVITED)
    for (const [name, guess] of Object.entries(strategies))
      right.set(name, (right.get(name) ?? 0) + rightIn(guess(all)))
  }
  return right
}

describe('whoever has the whole database, the key, and the invitees in the order in which they answered', () => {
  test('guesses no better than by lot, while the survey is open', async () => {
    for (const [name, right] of await rightGuesses(drawn, false)) expect([name, right <= CHANCE]).toEqual([name, true])
  })

  test('nor once it is closed', async () => {
    for (const [name, right] of await rightGuesses(drawn, true)) expect([name, right <= CHANCE]).toEqual([name, true])
  })

  test('and would be found out if the box were not mixed', async () => {
    const unmixed: Draw = (below) => below - 1
    expect((await rightGuesses(unmixed, false)).get('as stored')).toBeGreaterThan(CHANCE)
  })

  test.each(['by id', 'by xmin', 'by ctid'])(
    'and would be right every time, %s, if each answer had a row',
    async (name) => {
      expect(rightIn(strategies[name]?.(await leakyClues()) ?? [])).toBe(INVITED)
    },
  )
})

test('there is one row for a survey, and none of its columns, nor any of the system’s, belongs to a single answer', async () => {
  const ctx = context()
  const survey = await opened(ctx)
  await answered(ctx, survey)
  const rows = await at.engine.asOwner((ask) =>
    ask('select xmin::text, ctid::text, b.* from survey_box b where survey_id = $1', [survey]),
  )
  expect(rows).toHaveLength(1)
  expect(Object.keys(rows[0] ?? {}).sort()).toEqual(['ctid', 'fresh', 'rest', 'survey_id', 'xmin'])
  const tables = await at.engine.asOwner((ask) =>
    ask(`select c.relname as table, a.attname as column from pg_attribute a join pg_class c on c.oid = a.attrelid
         where c.relname like 'survey%' and c.relkind = 'r' and a.attnum > 0 and a.attname like '%\\_at'`),
  )
  expect([...new Set(tables.map((row) => row['table']))]).toEqual(['survey'])
})

test('every answer touches every answer: nothing in the sealed row stays as it was', async () => {
  const ctx = context()
  const survey = await opened(ctx)
  const seen: Buffer[] = []
  for (let one = 0; one < 6; one += 1) {
    await takeAnswer(ctx, { survey, answers: [[0], `answer ${one}`], once: newToken() })
    const [row] = await at.engine.asOwner((ask) => ask('select fresh from survey_box where survey_id = $1', [survey]))
    seen.push(row?.['fresh'] as Buffer)
  }
  expect(new Set(seen.map((fresh) => fresh.length)).size).toBe(1)
  for (const [place, fresh] of seen.entries())
    for (const other of seen.slice(place + 1)) {
      const alike = fresh.filter((value, byte) => value === other[byte]).length
      expect(alike / fresh.length).toBeLessThan(0.02)
    }
  expect(Buffer.concat(seen).includes('answer')).toBe(false)
})

describe('one answer for one invitation:', () => {
  test('of two tabs one is taken, and the other is told', async () => {
    const ctx = context()
    const survey = await opened(ctx)
    const id = newId<'invitation'>(clock.now()) as InvitationId
    await ctx.db.tx((tx) => addInvitation(tx, { id, survey, person: newId<'person'>(clock.now()) as PersonId }))
    const tab = (text: string) => takeAnswer(ctx, { survey, answers: [[0], text], once: newToken(), invitation: id })
    const both = await Promise.all([tab('one'), tab('two')])
    expect(both.map(({ outcome }) => outcome).sort()).toEqual(['taken', 'used'])
    expect(await ballotsOf(ctx, survey)).toHaveLength(1)
  })

  test('the same form sent ten times at once is one answer with one code', async () => {
    const ctx = context()
    const survey = await opened(ctx)
    const form = { survey, answers: [[0], 'once'], once: newToken() }
    const all = await Promise.all(Array.from({ length: 10 }, () => takeAnswer(ctx, form)))
    expect(new Set(all.map((taken) => JSON.stringify(taken))).size).toBe(1)
    expect(all[0]?.outcome).toBe('taken')
    expect(await ballotsOf(ctx, survey)).toHaveLength(1)
  })

  test('what fails between the invitation and the box leaves neither used nor filled', async () => {
    const ctx = context()
    const survey = await opened(ctx)
    const id = newId<'invitation'>(clock.now()) as InvitationId
    await ctx.db.tx((tx) => addInvitation(tx, { id, survey, person: newId<'person'>(clock.now()) as PersonId }))
    let drawnTimes = 0
    const failing = context(() => {
      drawnTimes += 1
      throw new Error('the machine died')
    })
    await takeAnswer(ctx, { survey, answers: [[0], 'before'], once: newToken() })
    const sent = { survey, answers: [[0], 'lost?'], once: newToken(), invitation: id }
    await expect(takeAnswer(failing, sent)).rejects.toThrow('died')
    expect(drawnTimes).toBe(1)
    expect(await ballotsOf(ctx, survey)).toHaveLength(1)
    expect(await takeAnswer(ctx, sent)).toMatchObject({ outcome: 'taken' })
    expect(await ballotsOf(ctx, survey)).toHaveLength(2)
  })
})

describe('after the end', () => {
  test('no answer is taken any more, closed or past its time, and no list of who was invited is left', async () => {
    const ctx = context()
    const [closed, past] = [await opened(ctx), await opened(ctx)]
    await answered(ctx, closed, 3)
    await close(ctx, closed)
    const late = { answers: [[0], 'late'], once: newToken() }
    expect(await takeAnswer(ctx, { survey: closed, ...late })).toEqual({ outcome: 'ended' })
    const then = { ...ctx, now: () => later(clock.now(), 15 * 86_400_000) }
    expect(await takeAnswer(then, { survey: past, ...late })).toEqual({ outcome: 'ended' })
    expect(
      await at.engine.asOwner((ask) => ask('select * from survey_invitation where survey_id = $1', [closed])),
    ).toEqual([])
  })

  test('an answer and the end at once: it is in, or it is refused', async () => {
    const ctx = context()
    const survey = await opened(ctx)
    const sending = Array.from({ length: 8 }, (_, one) =>
      takeAnswer(ctx, { survey, answers: [[0], `answer ${one}`], once: newToken() }),
    )
    const [ended, ...all] = await Promise.all([close(ctx, survey), ...sending])
    expect(ended).toBe(true)
    const taken = all.filter(({ outcome }) => outcome === 'taken').length
    expect(taken + all.filter(({ outcome }) => outcome === 'ended').length).toBe(8)
    expect(await ballotsOf(ctx, survey)).toHaveLength(taken)
  })
})
