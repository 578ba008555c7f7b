import pg from 'pg'
import type { Doors } from '../doors.ts'
import type { PersonId } from '../../src/vault/index.ts'

/** Whoever can send the app's login any SQL, over as many sessions as they like. */
export type Intruder = {
  /** Runs statements in a session of their own, whatever comes of each. Answers all that came back, errors and notices too. */
  readonly sends: (statements: readonly string[]) => Promise<string>
  readonly session: () => Promise<Session>
  readonly close: () => Promise<void>
}

/** One open session. */
export type Session = { readonly send: (statement: string) => Promise<string> }

/** Signs in as the app does. Shape: `url` with the app's login. */
export function intruderOn(url: string): Intruder {
  const open: pg.Client[] = []
  const session = async (): Promise<Session> => {
    const client = new pg.Client({ connectionString: url })
    const notices: string[] = []
    client.on('notice', (notice) => void notices.push(notice.message ?? ''))
    client.on('error', () => {})
    await client.connect()
    open.push(client)
    return { send: async (statement) => `${await said(client, statement)}${notices.splice(0).join('\n')}` }
  }
  return {
    session,
    sends: async (statements) => {
      const { send } = await session()
      const heard: string[] = []
      for (const statement of statements) heard.push(await send(statement))
      return heard.join('\n')
    },
    close: async () => {
      for (const client of open.splice(0)) await client.end()
    },
  }
}

/** Shape: bytes as hex, everything else as JSON has it. */
async function said(client: pg.Client, statement: string): Promise<string> {
  try {
    const results = [await client.query<Record<string, unknown>>(statement)].flat()
    return results.map(({ rows }) => JSON.stringify(rows ?? [], asHex)).join('\n')
  } catch (error) {
    const { code, message } = error as { code?: string; message: string }
    return `refused ${code ?? ''} ${message}`
  }
}

function asHex(this: Record<string, unknown>, name: string, value: unknown): unknown {
  const held = this[name]
  return Buffer.isBuffer(held) ? held.toString('hex') : value
}

/** Somebody whose boxes an intruder is after. Shape: `sealed` holds each part's bytes in hex, as the owner of the database reads them. */
export type Victim = { readonly person: PersonId; readonly sealed: Readonly<Record<string, string>> }

/** A buyer of a box: contact, identity and address, with grounds for the sale and none for a request of their own. */
export async function victimIn(doors: Doors): Promise<Victim> {
  const values = {
    email: 'bela@quill.example',
    country: 'BE',
    name: 'Bela Szabó',
    street: 'Kade 7',
    postcode: '9000',
    city: 'Gent',
  }
  const sealer = await doors.vault.newPerson(['contract', 'relation', 'tax'], { email: values.email })
  const purposes = ['purchase', 'fulfilment', 'refunds', 'tax', 'registration'] as const
  const person = await doors.at.engine
    .for<never>()
    .tx((tx) => doors.vault.collect(tx, sealer, { purposes, values, notice: 1, channel: 'store' }))
  const rows = await doors.rows(
    `select part, string_agg(encode(sealed, 'hex'), ' ') as sealed from vault.box where person_id = '${person}' group by part`,
  )
  return { person, sealed: Object.fromEntries(rows.map((row) => [row['part'], row['sealed']])) as Victim['sealed'] }
}

/** Which of the victim's parts are in what came back, as hex, as base64 or as PostgreSQL writes bytes. */
export function partsSeen(victim: Victim, heard: string): string[] {
  const text = heard.replaceAll('\\\\x', '')
  return Object.entries(victim.sealed)
    .filter(([, sealed]) => sealed.split(' ').some((hex) => spelled(hex).some((spelling) => text.includes(spelling))))
    .map(([part]) => part)
    .sort()
}

/** Pieces of one box, so that a part of it or another spelling counts too. */
function spelled(hex: string): string[] {
  const bytes = Buffer.from(hex, 'hex')
  return [hex.slice(0, 32), hex.slice(-32), bytes.toString('base64').slice(0, 32), bytes.toString('base64').slice(-24)]
}
