import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { policy as shipped } from '../examples/higosoft/policy.ts'
import {
  openContact,
  outboxTransport,
  type Composer,
  type Contact,
  type MailTrouble,
  type smtpTransport,
} from '../src/contact/index.ts'
import { runJobs, type JobTables } from '../src/db/index.ts'
import { movableClock, newId, systemNow } from '../src/lib/index.ts'
import { openPartners, type Partners } from '../src/partners/index.ts'
import { mayReveal, type Policy, type VendorPolicy } from '../src/policy/index.ts'
import { openFileKeys, openVault, syncPolicy, type PersonId, type Vault } from '../src/vault/index.ts'
import { testEngine, type TestEngine } from './engine.ts'
import { higosoft } from './policy.ts'

/** The three doors over a fresh database, with a clock that moves when told to and a log that can be read. */
export type Doors = {
  readonly at: TestEngine
  readonly vault: Vault
  readonly partners: Partners
  readonly contact: Contact
  readonly clock: ReturnType<typeof movableClock>
  readonly lines: string[]
  readonly troubles: MailTrouble[]
  /** A buyer with an address, known for the purposes of a download. */
  readonly buyer: (email: string) => Promise<PersonId>
  readonly mail: (person: PersonId, key?: string) => Promise<string>
  readonly work: () => Promise<number>
  /** Rows as the owner of the database sees them. */
  readonly rows: (text: string) => Promise<readonly Record<string, unknown>[]>
  readonly close: () => Promise<void>
}

/** What a test may put in the place of the usual. */
export type Parts = {
  readonly recipients?: VendorPolicy['recipients']
  readonly transport?: ReturnType<typeof smtpTransport>
  readonly composer?: Composer
  /** Other kinds of mail than a receipt. */
  readonly composers?: Readonly<Record<string, Composer>>
  readonly mode?: 'example' | 'live'
}

const receipt: Composer = () =>
  Promise.resolve({ subject: 'Your key', text: 'Thank you. Your key is 7K3QD-XXXXX.', carries: ['licenceKey'] })

/** The register of the example vendor, with the mail host on this machine. */
export const recipients: VendorPolicy['recipients'] = shipped.recipients.map((row) =>
  row.id === 'mailHost' ? { ...row, host: '127.0.0.1' } : row,
)

/** Opens the doors for one test file. */
export async function openDoors(parts: Parts = {}): Promise<Doors> {
  const at = await testEngine()
  const policy = higosoft({ recipients: parts.recipients ?? recipients })
  const keysDir = mkdtempSync(join(tmpdir(), 'avow-keys-'))
  const keys = await openFileKeys(keysDir, systemNow)
  await at.engine.asOwner((ask) => syncPolicy(ask, policy, at.login))
  const clock = movableClock(systemNow())
  const lines: string[] = []
  const ctx = {
    policy,
    now: clock.now,
    log: (event: string, values?: object) => void lines.push(JSON.stringify([event, values])),
  }
  const vault = openVault({ ...ctx, db: at.engine.for(), keys, reveals: mayReveal(policy), personTables: [] })
  const partners = openPartners({
    ...ctx,
    db: at.engine.for(),
    vault,
    mode: parts.mode ?? 'example',
    hosts: hostsOf(policy),
  })
  await partners.start(clock.now())
  const troubles: MailTrouble[] = []
  const contact = openContact({
    ...ctx,
    db: at.engine.for(),
    vault,
    partners,
    transport: parts.transport ?? outboxTransport(vault, '127.0.0.1'),
    composers: { receipt: parts.composer ?? receipt, ...parts.composers },
    messageKey: keys.secret('mailId'),
    messageHost: 'shop.example',
    tellStaff: (trouble) => Promise.resolve(void troubles.push(trouble)),
  })
  const handlers = { ...contact.jobs, ...partners.jobs({ mailHost: contact.outboxTeller }) }
  const close = async (): Promise<void> => {
    await keys.close()
    await at.close()
    rmSync(keysDir, { recursive: true, force: true })
  }
  const base = { at, vault, partners, contact, clock, lines, troubles, close }
  return {
    ...base,
    buyer: (email) => buyer(base, email),
    mail: (person, key) => askMail(base, person, key),
    work: () => runJobs({ ...ctx, db: at.engine.for<JobTables>(), handlers }),
    rows: (text) => at.engine.asOwner((ask) => ask(text)),
  }
}

function hostsOf(policy: Policy): Record<string, string> {
  return Object.fromEntries(policy.recipients.map((row) => [row.id, row.host]))
}

async function buyer({ at, vault }: Pick<Doors, 'at' | 'vault'>, email: string): Promise<PersonId> {
  const sealer = await vault.newPerson(['contract', 'relation', 'tax'], { email })
  const arrival = {
    purposes: ['purchase', 'registration', 'tax'] as const,
    values: { email, country: 'BE' },
    notice: 1,
    channel: 'store',
  }
  return at.engine.for<never>().tx((tx) => vault.collect(tx, sealer, arrival))
}

async function askMail(
  { at, contact, clock }: Pick<Doors, 'at' | 'contact' | 'clock'>,
  person: PersonId,
  key?: string,
): Promise<string> {
  clock.advance(1)
  const effect = key ?? `order:${newId(clock.now())}:receipt`
  await at.engine
    .for<never>()
    .tx((tx) => contact.send(tx, { key: effect, kind: 'receipt', person, purpose: 'purchase', for: 'order:1' }))
  const ledger = await contact.ledger(person)
  return ledger.at(-1)?.mailId ?? ''
}
