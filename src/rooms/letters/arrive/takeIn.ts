import type { Tx } from '../../../db/index.ts'
import { cutCards, noonOf, newId } from '../../../lib/index.ts'
import { postalText, type Sealer, type TextId } from '../../../vault/index.ts'
import type { LetterId, LettersContext } from '../context.ts'
import { addLetter } from '../queries.ts'
import { toPassages, type ScanType } from './scan.ts'
import type { CameBy, LetterTables } from '../tables.ts'
import { en } from '../words.ts'

/** What is typed off a letter. Shape: every value is optional, an unknown sender has none. */
export type FromLetter = Readonly<
  Partial<Record<'email' | 'name' | 'street' | 'postcode' | 'city' | 'country' | 'message', string | undefined>>
>

/** A letter that came in. Shape: `receivedOn` as `YYYY-MM-DD`, not later than today. */
export type Arrived = {
  readonly cameBy: CameBy
  readonly receivedOn: string
  readonly values: FromLetter
  readonly scan?: { readonly bytes: Uint8Array; readonly type: ScanType }
  readonly notice: number
}

/**
 * Takes a letter in. Its writer becomes a person of their own, found by nothing but an e-mail address if one was given, and all
 * of it is gone when the clock of a letter ends, counted from the day on which it came. Card numbers are cut out before anything is written.
 *
 * Source: promise by-correspondence.
 */
export async function takeIn(ctx: LettersContext, arrived: Arrived): Promise<LetterId> {
  const { message = '', ...typed } = arrived.values
  const values = withoutCards(typed)
  const sealer = await ctx.vault.newPerson(['case'], { email: values.email, post: postalText(values) })
  try {
    return await write(ctx, sealer, { ...arrived, values, text: cutCards(message).text })
  } finally {
    sealer.wipe()
  }
}

/** A card number is none of ours wherever it stands; an address that held one is no address of theirs. */
function withoutCards(typed: FromLetter): FromLetter {
  return Object.fromEntries(Object.entries(typed).map(([name, value]) => [name, value && cutCards(value).text]))
}

async function write(ctx: LettersContext, sealer: Sealer, letter: Arrived & { text: string }): Promise<LetterId> {
  const at = ctx.now()
  const id = newId<'letter'>(at)
  const { person } = sealer
  const text = ctx.vault.newText()
  const scan = letter.scan && { id: ctx.vault.newText(), pieces: toPassages(letter.scan.bytes, letter.scan.type) }
  const purposes = ['correspondence'] as const
  const { notice, values, cameBy, receivedOn } = letter
  const arrival = { purposes, values: known(values), notice, channel: 'letter', keep: true }
  await ctx.db.tx(async (tx) => {
    await ctx.vault.collect(tx, sealer, arrival)
    await ctx.vault.mark(tx, { person, purposes, event: 'asked', at: startOf(receivedOn, at) })
    const passages = [{ content: Buffer.from(letter.text), for: [sealer] }]
    await ctx.vault.writeTexts(tx, { id: text, class: 'case', passages })
    if (scan) await writeScan(ctx, tx, { ...scan, sealer })
    await addLetter(tx, { id, person, cameBy, receivedOn, text, scan: scan?.id ?? null, at })
  })
  return id
}

/** A passage at a time, since each is sealed in memory. */
async function writeScan(
  ctx: LettersContext,
  tx: Tx<LetterTables>,
  { id, pieces, sealer }: { id: TextId; pieces: readonly Uint8Array[]; sealer: Sealer },
): Promise<void> {
  for (const [first, content] of pieces.entries())
    await ctx.vault.writeTexts(tx, { id, class: 'case', first, passages: [{ content, for: [sealer] }] })
}

/** A person of whom nothing at all is known cannot be kept, so that they are unknown is what is known. */
function known(values: FromLetter): FromLetter {
  return Object.values(values).some(Boolean) ? values : { message: en.senderUnknown }
}

/** The clock begins on the day itself, never later than now. */
function startOf(day: string, now: Date): Date {
  const noon = noonOf(day)
  return noon < now ? noon : now
}
