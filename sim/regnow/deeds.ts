import type { CardStory } from '../cards.ts'
import type { Paid } from '../paying.tsx'
import type { SimState } from '../state.ts'
import { askKey, move } from './calls.ts'
import type { RegnowOrder } from './state.ts'

/** Plays what a test card does. */
export async function pay(state: SimState, order: RegnowOrder, story: CardStory): Promise<Paid> {
  if (story === 'decline') return { stay: 'declined' }
  const receipt = { goTo: `/softsell/receipt/${order.id}` }
  if (state.regnow.reviews) {
    move(state, order, 'L')
    return receipt
  }
  if (story === 'pending' || story === 'pendingFails') {
    move(state, order, 'W')
    state.clock.after(state.lateMs, () => (story === 'pending' ? complete(state, order) : move(state, order, 'V')))
    return receipt
  }
  if (story === 'backFirst') {
    order.status = 'W'
    state.clock.after(state.lateMs, () => complete(state, order))
    return receipt
  }
  await complete(state, order)
  if (story === 'paidTwice') await complete(state, again(state, order))
  return story === 'closedTab' ? { stay: 'closed' } : receipt
}

/** The money is there: the keys are asked for, and the vendor is told. */
export async function complete(state: SimState, order: RegnowOrder): Promise<void> {
  order.status = 'C'
  for (const item of order.items) await askKey(state, order, item)
  move(state, order, 'C')
}

function again(state: SimState, order: RegnowOrder): RegnowOrder {
  const number = String((state.regnow.lastNumber += 1))
  const items = order.items.map((item, at) => ({ ...item, key: '', number: `${number}-${at + 1}` }))
  const second: RegnowOrder = { ...order, id: state.random.id('order'), items }
  state.regnow.orders.set(second.id, second)
  return second
}

/** What an operator may do to an order, and from which status. */
const moves = {
  release: ['L', 'C'],
  void: ['L', 'V'],
  refund: ['C', 'R'],
  chargeback: ['C', 'B'],
} as const

/** An operator acts on an order. Answers false when the order is not where that can be done. */
export async function operate(state: SimState, order: RegnowOrder, deed: string): Promise<boolean> {
  const known = Object.hasOwn(moves, deed) ? moves[deed as keyof typeof moves] : undefined
  if (!known || order.status !== known[0]) return false
  if (known[1] === 'C') await complete(state, order)
  else move(state, order, known[1])
  return true
}
