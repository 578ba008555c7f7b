import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildProgram, startProgram, type Program } from '../program.ts'
import { formsOf, textOf, type Seen } from '../walker.ts'
import { sendable, visitor } from '../shop.ts'
import { engines } from '../engine.ts'
import { freshHome } from './home.ts'

const secret = 'qwibble'
const ada = { email: `ada.${secret}@quill.example`, country: 'BE' }
const box = { ...ada, name: `Ada ${secret}`, street: `Kraanlei ${secret} 1`, postcode: '9000', city: `Gent ${secret}` }

describe.each(engines)('what is typed into the shop on %s', (kind) => {
  let program: Program
  let remove = (): void => {}
  beforeAll(async () => {
    const home = await freshHome(kind)
    remove = home.remove
    program = await startProgram({ ...home, dist: await buildProgram(`badInput-${kind}`) })
  })
  afterAll(async () => {
    const end = await program.stop()
    remove()
    expect(end.err.split('\n').filter((line) => / status=5|^broken/.test(line))).toEqual([])
    expect((end.out + end.err).toLowerCase()).not.toContain(secret)
  })

  const boxForm = (): Promise<Seen> => visitor(program).orderForm('plumbline', /boxed/)

  async function send(
    fill: Record<string, string>,
    options: { body?: (form: URLSearchParams) => RequestInit } = {},
  ): Promise<Seen> {
    const { url, fields } = sendable(await boxForm(), /Pay/)
    const form = new URLSearchParams({ ...fields, ...box, ...fill })
    const answer = await fetch(url, { method: 'POST', redirect: 'manual', ...(options.body?.(form) ?? { body: form }) })
    return { url, status: answer.status, html: await answer.text(), headers: answer.headers }
  }

  const started = async (): Promise<number> =>
    ((await (await fetch(`${program.sim}/_sim/stripe/sessions`)).json()) as unknown[]).length

  /** The form again: an error beside the field, the field marked as wrong, and all else still as it was typed. */
  function expectBeside(page: Seen, name: string, error: RegExp): void {
    expect(page.status).toBe(422)
    const beside =
      new RegExp(`<p class="error" id="e-${name}">([^<]*)</p>`).exec(page.html)?.[1] ?? 'no error beside it'
    expect(beside).toMatch(error)
    expect(page.html).toMatch(new RegExp(`id="f-${name}"[^>]*aria-invalid="true"`))
    const fields = formsOf(page.html).find((form) => 'email' in form.fields)?.fields ?? {}
    const others = Object.entries(box).filter(([field]) => field !== name && field !== 'country')
    for (const [field, typed] of others) expect(fields[field]).toBe(typed)
    if (name !== 'country') expect(page.html).toContain('<option value="BE" selected')
  }

  test.each([
    ['a megabyte', 'name', 'a'.repeat(1024 * 1024), /too long/],
    ['a bell', 'name', 'Ada\u0007', /cannot be printed/],
    ['a NUL', 'street', 'Kraanlei\u0000 1', /cannot be printed/],
    ['a line end in one line', 'email', 'ada@quill.example\r\nBcc: mallory@quill.example', /cannot be printed/],
    ['a C1 control', 'city', 'Gent\u0085', /cannot be printed/],
    ['no address of mail', 'email', 'ada at quill', /does not look like an e-mail/],
    ['only spaces', 'name', ' \u00a0 \u2003', /please fill this in/],
    ['a country that is not on the list', 'country', 'ZZ', /choose one/],
    ['letters for a telephone', 'telephone', 'please do not call', /digits/],
    ['nothing', 'street', '', /please fill this in/],
  ])('%s in a field: the error stands beside it, and the rest is still there', async (_what, name, typed, error) => {
    const before = await started()
    expectBeside(await send({ [name]: typed }), name, error)
    expect(await started()).toBe(before)
  })

  test('a field that was sent twice is refused beside the field', async () => {
    const page = await send({}, { body: (form) => (form.append('name', 'Mallory'), { body: form }) })
    expectBeside(page, 'name', /more than once/)
  })

  test('bytes that are no text are refused beside the field', async () => {
    const raw = (form: URLSearchParams): RequestInit => ({
      body: form.toString().replace(/&city=[^&]*/, '&city=Gent%FF%C0'),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    expectBeside(await send({}, { body: raw }), 'city', /cannot be printed/)
  })

  test.each(['age', '__proto__', 'constructor', 'card', 'licenceKey', 'purpose'])(
    'a field %s that the form does not have is refused, nothing is stored, and what was typed is there',
    async (name) => {
      const before = await started()
      const page = await send({}, { body: (form) => (form.append(name, `Ada ${secret}`), { body: form }) })
      expect([page.status, textOf(page).includes('a field that it does not have')]).toEqual([422, true])
      expect(page.html).toContain(box.street)
      expect(await started()).toBe(before)
    },
  )

  test.each([
    ['order', 'mine'],
    ['order', '../../etc'],
    ['total', 'free'],
    ['total', '-6800'],
    ['total', '1e999'],
    ['total', ''],
  ])('a hidden field %s of %j sells nothing at a price of the sender', async (name, value) => {
    const page = await send({ [name]: value })
    if (name === 'order') expect(page.status).toBe(303)
    else expect([page.status, textOf(page).includes('price has changed')]).toEqual([409, true])
  })

  test('more than two megabytes are refused, with a declared length and without', async () => {
    const much = 'x'.repeat(2 * 1024 * 1024)
    const stream = (form: URLSearchParams): RequestInit =>
      ({
        body: new Blob([`${form.toString()}&much=`, much]).stream(),
        duplex: 'half',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      }) as RequestInit
    const pages = [await send({ name: much }), await send({}, { body: stream })]
    expect(pages.map((page) => page.status)).toEqual([413, 413])
    for (const page of pages) expect(page.html.toLowerCase()).not.toContain(secret)
  })

  test.each([
    [
      'JSON',
      415,
      (form: URLSearchParams) => ({
        body: JSON.stringify(Object.fromEntries(form)),
        headers: { 'content-type': 'application/json' },
      }),
    ],
    [
      'plain text',
      415,
      (form: URLSearchParams) => ({ body: form.toString(), headers: { 'content-type': 'text/plain' } }),
    ],
    ['no kind at all', 415, (form: URLSearchParams) => ({ body: new TextEncoder().encode(form.toString()) })],
    ['a file', 415, (form: URLSearchParams) => ({ body: parts(form, { file: new Blob(['x']) }) })],
    [
      'torn parts',
      400,
      (form: URLSearchParams) => ({
        body: `--x\r\n${form.toString()}`,
        headers: { 'content-type': 'multipart/form-data; boundary=x' },
      }),
    ],
    [
      'parts without a boundary',
      400,
      (form: URLSearchParams) => ({ body: form.toString(), headers: { 'content-type': 'multipart/form-data' } }),
    ],
    ['nothing', 403, () => ({})],
  ])('%s instead of a form is answered with %i and repeats nothing', async (_what, status, body) => {
    const page = await send({}, { body })
    expect(page.status).toBe(status)
    expect(page.html).toMatch(/<h1>[^<]+<\/h1>/)
    expect(page.html.toLowerCase()).not.toContain(secret)
  })

  test('parts that hold plain fields are as good as a form', async () => {
    const page = await send({}, { body: (form) => ({ body: parts(form) }) })
    expect([page.status, page.headers.get('location')?.startsWith(program.sim)]).toEqual([303, true])
  })

  test.each(['abc', '1.5', '-1', '1e3', '100', '', '٣', '9'.repeat(400)])(
    'a quantity of %j is refused beside the field, and the order is not lost',
    async (typed) => {
      const { walk } = visitor(program)
      const cart = await walk.follow(await boxForm(), /Change/)
      const page = await walk.submit(cart, { q0: typed }, { button: /^Update/ })
      expect(page.status).toBe(422)
      expect(textOf(page)).toMatch(/whole number/)
      expect(formsOf(page.html)[0]?.fields['q0']).toBe(typed)
    },
  )
})

function parts(form: URLSearchParams, files: Record<string, Blob> = {}): FormData {
  const data = new FormData()
  for (const [name, value] of form) data.append(name, value)
  for (const [name, file] of Object.entries(files)) data.append(name, file)
  return data
}
