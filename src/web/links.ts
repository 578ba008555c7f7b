import type { Query, Tx } from '../db/index.ts'
import { hashToken, newToken, type Id } from '../lib/index.ts'
import { deleteEnded, insertLink, liveLink, markSpent, personsOfLink, type StoredLink } from './queries.ts'
import type { LinkKind, WebTables } from './tables.ts'

/** What a link is made for. Shape: `subject` is the id of the thing that it is about (a ticket, a question); `token` is given only where it is derived (kind `return`), 128 bits as 22 characters of base64url. */
export type NewLink = {
  readonly kind: LinkKind
  readonly token?: string
  readonly order?: Id<'order'>
  readonly persons?: readonly Id<'person'>[]
  readonly staff?: Id<'staff'>
  readonly subject?: string
  readonly now: Date
  readonly expiresAt: Date
}

/** What a live link opens. */
export type OpenLink = {
  readonly kind: LinkKind
  readonly order: Id<'order'> | undefined
  readonly staff: Id<'staff'> | undefined
  readonly subject: string | undefined
  readonly persons: readonly Id<'person'>[]
  readonly expiresAt: Date
}

/** Which link is asked for: a token from an address, and the one kind that this address is for. */
export type AskedLink = { readonly kind: LinkKind; readonly token: string; readonly now: Date }

/** The path that each kind of link lives under. Pages there are never stored, indexed or named to another site. */
export const linkPaths: Readonly<Record<LinkKind, string>> = {
  return: '/r/',
  order: '/o/',
  privacy: '/p/',
  privacySession: '/p/open/',
  staff: '/s/',
  register: '/k/',
  copies: '/c/',
  ticket: '/t/',
  news: '/n/',
  stop: '/u/',
  survey: '/q/',
  asked: '/a/',
}

const NAMES_PERSONS: ReadonlySet<LinkKind> = new Set([
  'privacy',
  'privacySession',
  'register',
  'copies',
  'ticket',
  'news',
  'stop',
  'asked',
])
const TOKEN = /^[A-Za-z0-9_-]{22}$/

/** Makes a link; the token is in the answer and nowhere else. One that names persons is several rows: give it a transaction. Shape: 22 characters of base64url. */
export async function mintLink(tx: Query<WebTables>, link: NewLink): Promise<string> {
  const token = link.token ?? newToken()
  await insertLink(tx, {
    hash: hashToken(token),
    kind: link.kind,
    orderId: link.order ?? null,
    staffId: link.staff ?? null,
    subjectId: link.subject ?? null,
    persons: link.persons ?? [],
    madeAt: link.now,
    expiresAt: link.expiresAt,
  })
  return token
}

/** What a token opens as a link of one kind; undefined when it is of another kind, spent, over, or no token at all. */
export async function openLink(db: Query<WebTables>, { kind, token, now }: AskedLink): Promise<OpenLink | undefined> {
  if (!TOKEN.test(token)) return undefined
  const hash = hashToken(token)
  const found = await liveLink(db, { hash, kind, at: now })
  return found && opened(found, NAMES_PERSONS.has(kind) ? await personsOfLink(db, hash) : [])
}

/** Uses a link up, in the transaction of what it is used for. Of two who try at once, one gets it. */
export async function spendLink(tx: Tx<WebTables>, { kind, token, now }: AskedLink): Promise<OpenLink | undefined> {
  if (!TOKEN.test(token)) return undefined
  const hash = hashToken(token)
  const found = await markSpent(tx, { hash, kind, at: now })
  return found && opened(found, await personsOfLink(tx, hash))
}

function opened(link: StoredLink, persons: readonly string[]): OpenLink {
  const { kind, orderId, staffId, subjectId, expiresAt } = link
  return {
    kind,
    expiresAt,
    order: (orderId ?? undefined) as Id<'order'> | undefined,
    staff: (staffId ?? undefined) as Id<'staff'> | undefined,
    subject: subjectId ?? undefined,
    persons: persons as Id<'person'>[],
  }
}

/** Removes links and sessions that ended before the instant. */
export function dropEnded(tx: Tx<WebTables>, before: Date): Promise<void> {
  return deleteEnded(tx, before)
}
