import { resolve } from 'node:path'
import type { Source } from '../db/index.ts'
import type { ImapServer, SmtpServer } from '../contact/index.ts'
import { linkedFrom, type Linked } from './linked.ts'

/** Where things lie and listen, read from the environment once. */
export type Environment = {
  readonly data: string
  readonly keys: string
  readonly port: number
  readonly simPort: number
  /** Plays a run of the simulator again. */
  readonly simSeed: number | undefined
  readonly outboxPort: number
  readonly baseUrl: string
  readonly host: string
  readonly source: Source
  readonly smtp: SmtpServer | undefined
  readonly imap: ImapServer | undefined
  readonly stripe: Account | undefined
  readonly paddle: Account | undefined
  /** Processors that are closed and still heard. */
  readonly linked: Linked
  readonly sealed: Account | undefined
  readonly acceptPowerLoss: boolean
  /** How many servers of the vendor's own stand in front and name the sender; 0 believes no header. */
  readonly trustedProxies: number
}

/** An account at a card processor. Shape: `api` where its API is, `page` where its hosted page is. */
export type Account = {
  readonly api: string
  readonly apiKey: string
  readonly webhookSecrets: readonly string[]
  readonly page: string
}

type Env = Readonly<Record<string, string | undefined>>

/** Reads the environment. Errors: throws with a sentence for a value that cannot be right. */
export function readEnvironment(env: Env): Environment {
  const port = portOf(env, 'PORT', 8080)
  const data = resolve(env['AVOW_DATA'] ?? './data')
  return {
    data,
    keys: resolve(env['AVOW_KEYS'] ?? './keys'),
    port,
    simPort: portOf(env, 'SIM_PORT', port + 1),
    simSeed: seedOf(env),
    outboxPort: portOf(env, 'OUTBOX_PORT', port + 2),
    baseUrl: (urlOf(env, 'BASE_URL', web) ?? new URL(`http://localhost:${port}`)).origin,
    host: env['HOST'] ?? '127.0.0.1',
    source: sourceOf(env, data),
    smtp: smtpOf(env),
    imap: imapOf(env),
    stripe: accountOf(env, 'STRIPE', { api: 'https://api.stripe.com', page: 'https://checkout.stripe.com' }),
    paddle: accountOf(env, 'PADDLE', { api: 'https://api.paddle.com', page: undefined }),
    linked: linkedFrom(env),
    sealed: sealedOf(env),
    acceptPowerLoss: env['ACCEPT_POWER_LOSS'] === 'yes',
    trustedProxies: proxiesOf(env),
  }
}

function portOf(env: Env, name: string, otherwise: number): number {
  const port = Number(env[name] ?? otherwise)
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new RangeError(`${name} must be a port between 1 and 65535.`)
  return port
}

function seedOf(env: Env): number | undefined {
  if (!env['SIM_SEED']) return undefined
  const seed = Number(env['SIM_SEED'])
  if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32)
    throw new RangeError('SIM_SEED must be a whole number below 4294967296.')
  return seed
}

function proxiesOf(env: Env): number {
  const count = Number(env['TRUSTED_PROXIES'] ?? 0)
  if (!Number.isInteger(count) || count < 0 || count > 9)
    throw new RangeError('TRUSTED_PROXIES must be a small number: how many servers of your own stand in front.')
  return count
}

const web = { like: 'https://shop.example', kinds: ['http:', 'https:'] }
const mailbox = { like: 'imaps://user:password@mail.shop.example', kinds: ['imap:', 'imaps:'] }
const mailHost = { like: 'smtps://mail.shop.example', kinds: ['smtp:', 'smtps:'] }

/** An address from the environment. A wrong one is named and not repeated, since it may hold a password. */
function urlOf(env: Env, name: string, { like, kinds }: { like: string; kinds: readonly string[] }): URL | undefined {
  const text = env[name]
  if (!text) return undefined
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !kinds.includes(url.protocol)) throw new RangeError(`${name} must be an address like ${like}.`)
  return url
}

function sourceOf(env: Env, data: string): Source {
  const url = env['DATABASE_URL']
  if (!url) return { kind: 'pglite', dir: `${data}/pglite` }
  const ownerUrl = env['DATABASE_OWNER_URL']
  if (!ownerUrl)
    throw new RangeError(
      'DATABASE_URL is set, so DATABASE_OWNER_URL is needed too: the owner brings the tables up to date, the app owns nothing.',
    )
  return { kind: 'postgres', url, ownerUrl }
}

function smtpOf(env: Env): SmtpServer | undefined {
  const url = urlOf(env, 'SMTP_URL', mailHost)
  if (!url) return undefined
  const from = env['MAIL_FROM']
  if (!from) throw new RangeError('SMTP_URL is set, so MAIL_FROM is needed too: the address that mails come from.')
  const secure = url.protocol === 'smtps:'
  const auth = url.username
    ? { auth: { user: decoded('SMTP_URL', url.username), pass: decoded('SMTP_URL', url.password) } }
    : {}
  return {
    host: url.hostname,
    port: Number(url.port || (secure ? 465 : 587)),
    secure,
    from: { name: env['MAIL_FROM_NAME'] ?? from, address: from },
    ...auth,
  }
}

/** Shape: `IMAP_AFTERWARDS` is leave (the default), delete, or the folder that mails are moved to when they were taken in. */
function imapOf(env: Env): ImapServer | undefined {
  const url = urlOf(env, 'IMAP_URL', mailbox)
  if (!url) return undefined
  if (!url.username || !url.password) throw new RangeError(`IMAP_URL must be an address like ${mailbox.like}.`)
  const secure = url.protocol === 'imaps:'
  const afterwards = env['IMAP_AFTERWARDS'] ?? 'leave'
  const folder = decoded('IMAP_URL', url.pathname.slice(1))
  return {
    host: url.hostname,
    port: Number(url.port || (secure ? 993 : 143)),
    secure,
    auth: { user: decoded('IMAP_URL', url.username), pass: decoded('IMAP_URL', url.password) },
    ...(folder && { mailbox: folder }),
    ...(afterwards === 'leave' || afterwards === 'delete'
      ? { afterwards }
      : { afterwards: 'move', folder: afterwards }),
  }
}

function decoded(name: string, text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new RangeError(`${name} has a % that begins no character: write % as %25 in a name or password.`)
  }
}

/** Shape: a page without a usual address has to be said. */
function accountOf(env: Env, name: string, usual: { api: string; page: string | undefined }): Account | undefined {
  const apiKey = env[`${name}_API_KEY`]
  if (!apiKey) return undefined
  const webhookSecrets = (env[`${name}_WEBHOOK_SECRET`] ?? '').split(',').filter(Boolean)
  if (webhookSecrets.length === 0)
    throw new RangeError(`${name}_API_KEY is set, so ${name}_WEBHOOK_SECRET is needed too.`)
  const page = urlOf(env, `${name}_PAGE`, web)?.href ?? usual.page
  if (page === undefined)
    throw new RangeError(`${name}_API_KEY is set, so ${name}_PAGE is needed too: the page that opens its checkout.`)
  return { apiKey, webhookSecrets, api: urlOf(env, `${name}_API`, web)?.href ?? usual.api, page }
}

/** A processor that seals its notices: nobody's in particular, so its address has to be said. */
function sealedOf(env: Env): Account | undefined {
  const api = urlOf(env, 'SEALED_API', web)?.href
  if (env['SEALED_API_KEY'] && api === undefined)
    throw new RangeError('SEALED_API_KEY is set, so SEALED_API is needed too: the address of the processor.')
  return accountOf(env, 'SEALED', { api: api ?? '', page: api })
}
