import type { CardStory, Decline } from '../cards.ts'
import type { Paid } from '../paying.tsx'
import type { SimState } from '../state.ts'
import { askKey } from './calls.ts'
import { declined, resultOf } from './declines.ts'
import type { Basket } from './state.ts'

/** What is played at the payment page. */
export type Play = { readonly story: CardStory; readonly reason?: Decline | undefined }

/** Plays what a test card does. */
export async function pay(state: SimState, basket: Basket, { story, reason = 'declined' }: Play): Promise<Paid> {
  const { switches } = state.swreg
  const result = switches.next ?? (story === 'decline' ? resultOf[reason] : undefined)
  switches.next = undefined
  if (result !== undefined) return { stay: 'declined', because: declined(result) }
  const receipt = { goTo: `/swreg/receipt/${basket.id}` }
  if (LATE.has(story)) {
    basket.status = 'pending'
    const end = (): unknown => (story === 'pendingFails' ? (basket.status = 'failed') : complete(state, basket))
    state.clock.after(state.lateMs, end)
    return story === 'backFirst' ? { goTo: basket.params['lnk'] ?? receipt.goTo } : receipt
  }
  await complete(state, basket)
  if (story === 'paidTwice') await complete(state, again(state, basket))
  return story === 'closedTab' ? { stay: 'closed' } : receipt
}

const LATE: ReadonlySet<CardStory> = new Set(['pending', 'pendingFails', 'backFirst'])

/** Makes the receipt: every product gets its number, and the shop is asked for each key. */
async function complete(state: SimState, basket: Basket): Promise<void> {
  basket.status = 'paid'
  for (const line of basket.lines) line.number = String((state.swreg.lastNumber += 1 + state.random.below(9)))
  for (const line of basket.lines) await askKey(state, basket, line)
}

function again(state: SimState, basket: Basket): Basket {
  const lines = basket.lines.map((line) => ({ ...line, number: '', key: '', file: '' }))
  const second: Basket = { ...basket, id: state.random.id('basket'), lines }
  state.swreg.baskets.set(second.id, second)
  return second
}
