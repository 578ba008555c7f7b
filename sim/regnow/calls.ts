import { decimals, queryOf } from '../linked/text.ts'
import { ask, emit, type Draft } from '../outgoing.ts'
import type { SimState } from '../state.ts'
import type { Item, RegnowOrder, Status } from './state.ts'

// The names of all these fields are chosen by this project: those of the processor are not known.

function fieldsOf({ params, currency, status, buyer }: RegnowOrder, item: Item): Record<string, string> {
  return {
    order_id: item.number,
    linkid: params['linkid'] ?? '',
    item: item.item,
    quantity: String(item.quantity),
    price: decimals(item.price, currency),
    currency,
    status,
    first_name: buyer.first,
    last_name: buyer.last,
    company: buyer.company,
    email: buyer.email,
  }
}

/** Asks the shop for the key of an item, while the order is completed. */
export async function askKey(state: SimState, order: RegnowOrder, item: Item): Promise<void> {
  const { shop, regnow } = state.settings
  const answer = await ask(state, {
    ...draft(state, order, 'key'),
    method: 'GET',
    url: `${shop}/in/regnow/${regnow?.path ?? ''}/key?${queryOf(fieldsOf(order, item))}`,
    body: '',
    plan: { timeoutMs: 10_000, waitMs: () => undefined },
  })
  if (answer.status === 200) item.key = answer.text
}

/** Moves an order to a status, and tells the vendor of every item. */
export function move(state: SimState, order: RegnowOrder, status: Status): void {
  order.status = status
  const { shop, regnow } = state.settings
  for (const item of order.items)
    emit(state, {
      ...draft(state, order, `status ${status}`),
      method: 'POST',
      url: `${shop}/in/regnow/${regnow?.path ?? ''}/update`,
      body: queryOf(fieldsOf(order, item)),
      plan: { timeoutMs: 10_000, waitMs: (tries) => (tries > 6 ? undefined : tries * 300_000) },
      heard: ({ status: answered, text }) => answered === 200 && text.startsWith('OK'),
    })
}

type Common = 'id' | 'face' | 'kind' | 'order' | 'secret' | 'headers'

function draft(state: SimState, { params }: RegnowOrder, kind: string): Pick<Draft, Common> {
  return {
    id: state.random.id('call'),
    face: 'regnow',
    kind,
    order: params['linkid'] ?? '',
    secret: '',
    headers: () => ({ 'content-type': 'application/x-www-form-urlencoded' }),
  }
}
