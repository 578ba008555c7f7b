import { rmSync, statSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildProgram, freshFolders, runAvow, startProgram, type Program } from '../program.ts'
import { foldersWithPglite, putPglite } from './home.ts'

const folders = foldersWithPglite()
const nowhere = freshFolders()
let dist = ''
let program: Program
beforeAll(async () => {
  dist = await buildProgram('commandLine')
  program = await startProgram({ dist, ...folders })
})
afterAll(async () => {
  await program.stop()
  folders.remove()
  nowhere.remove()
})

test('avow staff prints a fresh link that signs in once', async () => {
  const end = await runAvow(dist, folders.data, ['staff'])
  expect([end.code, end.err]).toEqual([0, ''])
  const link = end.out.trim()
  expect(link).toMatch(new RegExp(`^${program.store}/s/[\\w-]{22}$`))
  expect(link).not.toBe(program.staffLink)

  const press = (): Promise<Response> =>
    fetch(link, { method: 'POST', headers: { origin: program.store }, redirect: 'manual' })
  const first = await press()
  expect([first.status, first.headers.get('location')]).toEqual([303, '/desk'])
  expect((await press()).status).toBe(410)
})

test('somebody at the desk gets a link of their own, and none once they have left', async () => {
  const say = async (...command: string[]) => runAvow(dist, folders.data, command)
  const link = (await say('staff', 'desk-2', 'desk')).out.trim()
  const press = await fetch(link, { method: 'POST', headers: { origin: program.store }, redirect: 'manual' })
  const cookie = press.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const desk = () => fetch(`${program.store}/desk`, { headers: { cookie } })
  expect([(await desk()).status, await (await desk()).text()]).toEqual([200, expect.stringContaining('desk-2, desk')])

  expect(await say('leave', 'desk-2')).toMatchObject({ code: 0, out: 'desk-2 is signed out for good.\n' })
  expect((await desk()).status).toBe(401)
  expect(await say('staff', 'desk-2', 'desk')).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringContaining('has left'),
  })
  expect(await say('leave', 'desk-2')).toMatchObject({ code: 1, err: 'There is no desk-2.\n' })
  expect(await say('staff', 'Ada Lovelace')).toMatchObject({ code: 1, err: expect.stringContaining('No name is kept') })
  expect(await say('staff', 'desk-3', 'admin')).toMatchObject({ code: 1, err: 'A role is owner or desk.\n' })
})

test('avow ping says that the shop runs', async () => {
  const end = await runAvow(dist, folders.data, ['ping'])
  expect(end).toEqual({ code: 0, out: `Avow runs on ${folders.data}.\n`, err: '' })
})

test.each(['staff', 'ping'])('avow %s where nothing runs says so and how to start it', async (command) => {
  const end = await runAvow(dist, nowhere.data, [command])
  const sentence = `Avow does not run on ${nowhere.data}. Start it with npm start, or set AVOW_DATA.\n`
  expect(end).toEqual({ code: 1, out: '', err: sentence })
})

test('after a stop the command line finds nobody', async () => {
  const other = foldersWithPglite()
  const running = await startProgram({ dist, ...other })
  expect((await runAvow(dist, other.data, ['ping'])).code).toBe(0)
  await running.stop()
  expect((await runAvow(dist, other.data, ['ping'])).code).toBe(1)
  other.remove()
})

test('avow serials takes in a list, tells known lines from new ones, and names bad lines without their number', async () => {
  const file = join(folders.data, 'list.csv')
  const lines = ['product,serial,source', 'tally,TALLY-1999-00001,box', 'tally,TALLY-1999-00002,RegNow']
  writeFileSync(file, [...lines, 'abacus,ABACUS-1999-1,box', 'tally,short,box'].join('\r\n'))
  const first = await runAvow(dist, folders.data, ['serials', file])
  expect([first.code, first.out]).toEqual([1, '2 taken in, 0 known already, 2 refused.\n'])
  expect(first.err).toBe(
    'line 4: the catalogue has no such product\nline 5: a serial number has between 8 and 64 letters and digits\n',
  )
  writeFileSync(file, lines.join('\n'))
  expect(await runAvow(dist, folders.data, ['serials', file])).toEqual({
    code: 0,
    out: '0 taken in, 2 known already, 0 refused.\n',
    err: '',
  })
  const body = JSON.stringify({ key: 'tally 1999 00001' })
  const check = await fetch(`${program.store}/api/v1/licences/check`, { method: 'POST', body })
  expect(await check.json()).toMatchObject({ valid: true, product: 'tally' })
})

test('a list that is none is refused with a sentence', async () => {
  const file = join(folders.data, 'list.csv')
  expect(await runAvow(dist, folders.data, ['serials', `${file}.missing`])).toMatchObject({ code: 1, out: '' })
  writeFileSync(file, 'serial;product\n1;2')
  const end = await runAvow(dist, folders.data, ['serials', file])
  expect([end.code, end.err]).toEqual([1, 'The first line of the file must be: product,serial,source\n'])
})

test('avow scan finds a card in the folders of the shop while it runs, tells no digit of it, and needs no running shop', async () => {
  const env = { AVOW_KEYS: folders.keys }
  const clean = await runAvow(dist, folders.data, ['scan'], env)
  expect([clean.code, clean.out]).toEqual([0, expect.stringMatching(/^\d+ files, \d+\.\d MiB: no card number\.\n$/)])
  const path = join(folders.keys, 'dump.log')
  writeFileSync(path, gzipSync('paid with 4111-1111-1111-1111\n'))
  const found = await runAvow(dist, folders.data, ['scan'], env)
  expect([found.code, found.out.split('\n')[0]]).toEqual([1, `${path}, in what is packed at byte 0: Visa`])
  expect(found.out + found.err).not.toContain('1111')
  const alone = await runAvow(dist, nowhere.data, ['scan', path])
  expect([alone.code, alone.out.split('\n')[0]]).toEqual([1, found.out.split('\n')[0]])
  rmSync(path)
  const server = await runAvow(dist, folders.data, ['scan'], { ...env, DATABASE_URL: 'postgres://x@localhost/y' })
  expect([server.code, server.err]).toEqual([0, expect.stringContaining('only when you name it as a path')])
  expect((await runAvow(dist, folders.data, ['scan', path])).code).toBe(2)
  expect((await runAvow(dist, folders.data, ['scan', '--fast'])).code).toBe(2)
})

test('avow import tries a report, takes it in piece by piece, and says what it cannot read and never what stands there', async () => {
  const file = join(folders.data, 'sales.csv')
  const say = (...more: string[]) => runAvow(dist, folders.data, ['import', file, '--as', 'lemonsqueezy', ...more])
  const head = 'identifier,product_name,total,currency,created_at,status,user_email,billing_country,phone'
  const lines = Array.from(
    { length: 250 },
    (_, at) => `ls-${at},Tally,19.00,EUR,2024-05-01T10:00:00Z,paid,buyer${at}@mail.example,BE,0470 12 34 ${at}`,
  )
  writeFileSync(file, [head, ...lines, 'ls-x,Tally,nineteen,EUR,2024-05-01T10:00:00Z,paid,,,'].join('\n'))
  const tried = await say('--dry-run')
  expect([tried.code, tried.out.split('\n').at(-2)]).toEqual([
    1,
    'Nothing was written. It would be: 250 lines taken in, 0 known already, 0 not paid, 1 refused.',
  ])
  const taken = await say()
  expect(taken.out).toContain('250 lines taken in, 0 known already, 0 not paid, 1 refused.')
  expect(taken.out).toContain('Read as: Lemon Squeezy (column names chosen by this project')
  expect(taken.out).toContain('Columns dropped: the mapping does not know it: phone.')
  expect(taken.err).toBe('200 of 251\nline 252, total: the amount cannot be read without guessing\n')
  expect((await say()).out).toContain('0 lines taken in, 250 known already')
  const wrong = await runAvow(dist, folders.data, ['import', file, '--as', 'swreg'])
  expect([wrong.code, wrong.out, wrong.err]).toEqual([1, '', expect.stringContaining('The file does not fit')])
  expect((await runAvow(dist, folders.data, ['import', file, '--as', 'nobody'])).err).toContain('--as takes swreg')
  expect((await runAvow(dist, folders.data, ['import', file])).code).toBe(2)
  expect((await runAvow(dist, nowhere.data, ['import', file, '--as', 'stripe'])).err).toContain('does not run on')
})

test('no command shows what there is, and an unknown one fails', async () => {
  const help = await runAvow(dist, folders.data, [])
  expect([help.code, help.out.includes('avow staff')]).toEqual([0, true])
  expect((await runAvow(dist, folders.data, ['destroy'])).code).toBe(2)
})

test('the control socket lets in only its owner, and answers nonsense with no more than a refusal', async () => {
  expect(statSync(`${folders.data}/control.sock`).mode & 0o077).toBe(0)
  const answer = await new Promise<string>((resolve, reject) => {
    const socket = connect(`${folders.data}/control.sock`)
    let text = ''
    socket
      .on('error', reject)
      .on('data', (chunk) => (text += String(chunk)))
      .on('end', () => resolve(text))
    socket.write('{"ask": nonsense\n')
  })
  expect(JSON.parse(answer)).toEqual({ error: 'not understood' })
  expect((await fetch(program.store)).status).toBe(200)
})

test('a data folder with a very long name has a control socket of its own, and one that was left behind is no trouble', async () => {
  const deep = freshFolders()
  const data = join(deep.data, 'a'.repeat(120))
  for (const name of ['1', '2']) putPglite(`${data}${name}`)
  const first = await startProgram({ dist, data: `${data}1`, keys: `${deep.keys}1` })
  const second = await startProgram({ dist, data: `${data}2`, keys: `${deep.keys}2` })
  expect((await runAvow(dist, `${data}1`, ['staff'])).out).toContain(first.store)
  expect((await runAvow(dist, `${data}2`, ['staff'])).out).toContain(second.store)
  await first.kill()
  await second.stop()
  expect((await runAvow(dist, `${data}1`, ['ping'])).code).toBe(1)
  const again = await startProgram({ dist, data: `${data}1`, keys: `${deep.keys}1` })
  expect((await runAvow(dist, `${data}1`, ['ping'])).code).toBe(0)
  await again.stop()
  deep.remove()
})

test('a caller that says nothing does not keep the shop from stopping', async () => {
  const other = foldersWithPglite()
  const running = await startProgram({ dist, ...other })
  const caller = connect(join(other.data, 'control.sock'))
  await new Promise((connected) => caller.once('connect', connected))
  expect((await running.stop()).code).toBe(0)
  caller.destroy()
  other.remove()
})
