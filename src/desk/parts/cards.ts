import { cardEvidence, isSearchDue, searchForCards, type SearchContext } from '../../core/cards/index.ts'
import { addTask } from '../../core/orders/index.ts'
import { lookAtCardParts, type PaymentContext } from '../../core/payments/index.ts'
import { dayIn, errorCode, later, word } from '../../lib/index.ts'
import type { Finding } from '../../policy/index.ts'
import type { Joined, Part } from '../part.ts'

/** How long the first search of a new installation may take. */
const FIRST_MS = 3_600_000

/** The search for card numbers: soon after the start and every night, beside everything else. */
export function cardsPart({ engine, now, log, orders, web, folders = [] }: Joined, payments: PaymentContext): Part {
  const { timeZone } = orders
  let [isStopped, isFirst] = [false, true]
  let running: Promise<void> | undefined
  const ctx: SearchContext = {
    db: engine.for(),
    now,
    timeZone,
    folders,
    stopped: () => isStopped,
    tellStaff: (kind, place) =>
      addTask(orders.db.query, now(), { about: `card:${dayIn(timeZone, now())}`, kind, ref: place }),
  }
  const firstBy = folders.length > 0 ? later(now(), FIRST_MS) : undefined
  const search = async (): Promise<void> => {
    try {
      const scan = await searchForCards(ctx)
      if (scan) log('cards.searched', { files: scan.files, found: scan.found, missed: scan.missed })
    } catch (error) {
      if (!isStopped) log('cards.failed', { because: word(errorCode(error)) })
    }
    running = undefined
  }
  return {
    probes: {
      cardsGone: async () =>
        together(await cardEvidence(ctx, { minute: web.dates.minute, firstBy }), await lookAtCardParts(payments)),
    },
    hourly: async () => {
      if (folders.length === 0 || running || !(isFirst || (await isSearchDue(ctx)))) return
      isFirst = false
      running = search() // nobody waits for it
    },
    stop: async () => {
      isStopped = true
      await running
    },
  }
}

/** Two findings as one, which holds only when both do. */
function together(one: Finding, other: Finding): Finding {
  return { holds: one.holds && other.holds, text: `${one.text} ${other.text}` }
}
