import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Source } from '../../src/db/index.ts'
import { newToken } from '../../src/lib/index.ts'
import { buildProgram } from '../program.ts'
import { formsOf } from '../walker.ts'
import { openStage, type Stage } from './stage.ts'

/** Each is sent once more and taken back twice after the kill, which must stay below the 120 forms that one reader may send at once. */
const FORMS = 28
let dist = ''
beforeAll(async () => {
  dist = await buildProgram('crash')
})

const questions = [{ kind: 'text', text: 'What is missing?' }]

/** Signs in with the printed link and publishes an anonymous survey. Answers its open link. */
async function published(store: string, staffLink: string): Promise<string> {
  const signedIn = await fetch(staffLink, { method: 'POST', headers: { origin: store }, redirect: 'manual' })
  const cookie = signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const desk = (path: string, form?: Record<string, string>): Promise<Response> =>
    fetch(store + path, {
      headers: { cookie, origin: store },
      redirect: 'manual',
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    })
  const file = JSON.stringify({ title: 'Killed', intro: '', questions })
  const path = (await desk('/desk/surveys/import', { file })).headers.get('location') ?? ''
  const seen = /name="seen" value="([^"]*)"/.exec(await (await desk(path)).text())?.[1] ?? ''
  await desk(`${path}/publish`, { mode: 'anonymous', term: 'P7D', seen })
  return `${store}/surveys/killed`
}

type Form = Record<'act' | 'once' | 'notice' | 'q0', string>

/** Sends a form. Answers the code, or nothing when no answer came. */
async function send(url: string, form: Form): Promise<string | undefined> {
  const answer = await fetch(url, { method: 'POST', body: new URLSearchParams(form) }).catch(() => undefined)
  const page = await answer?.text().catch(() => undefined)
  return page === undefined ? undefined : /class="key">([^<]+)</.exec(page)?.[1]
}

async function takenBack(store: string, code: string): Promise<boolean> {
  const url = `${store}/surveys/withdraw`
  const { act = '' } = formsOf(await (await fetch(url)).text())[0]?.fields ?? {}
  return (await fetch(url, { method: 'POST', body: new URLSearchParams({ act, code }) })).status === 200
}

describe.each<Source['kind']>(['pglite', 'postgres'])('killed on %s while answers come in', (kind) => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage(kind, dist)
  })
  afterAll(() => stage.close())

  test('every answer that was confirmed is there, none is there twice, and a form sent again is the same answer', async () => {
    const { store, staffLink } = stage.program()
    const url = await published(store, staffLink)
    const { act = '', notice = '' } = formsOf(await (await fetch(url)).text())[0]?.fields ?? {}
    const forms = Array.from({ length: FORMS }, (_, one): Form => ({
      act,
      notice,
      once: newToken(),
      q0: `Idea ${one}`,
    }))
    const codes: (string | undefined)[] = []
    let sent = 0
    // One after the other in four rows, so that the kill meets some that are confirmed and some that are not.
    const row = async (first: number): Promise<void> => {
      for (let one = first; one < FORMS; one += 4) {
        codes[one] = await send(url, forms[one] as Form)
        if ((sent += 1) === FORMS / 2) await stage.kill()
      }
    }
    await Promise.all([0, 1, 2, 3].map(row))
    const confirmed = codes.filter((code) => code !== undefined).length
    expect([confirmed > 0, confirmed < FORMS]).toEqual([true, true])
    await stage.start()
    const again = await Promise.all(forms.map((form) => send(url, form)))
    for (const [one, code] of codes.entries()) if (code) expect(again[one]).toBe(code)
    expect(again.filter((code) => code !== undefined)).toHaveLength(FORMS)
    for (const code of again) {
      expect(await takenBack(store, code ?? '')).toBe(true)
      expect(await takenBack(store, code ?? '')).toBe(false)
    }
  })

  test('what was confirmed before the kill needs no second sending', async () => {
    const { store } = stage.program()
    const url = `${store}/surveys/killed`
    const { act = '', notice = '' } = formsOf(await (await fetch(url)).text())[0]?.fields ?? {}
    const code = await send(url, { act, notice, once: newToken(), q0: 'Kept' })
    expect(code).toBeDefined()
    await stage.kill()
    await stage.start()
    expect(await takenBack(stage.program().store, code ?? '')).toBe(true)
  })
})
