import type { SimState } from '../state.ts'
import { currencies } from './link.ts'
import { lineOf, type Basket } from './state.ts'

/** What the address of a receipt is asked with. */
export type Asked = {
  readonly prefix: string
  readonly shop: string | undefined
  readonly email: string | undefined
  readonly order: string | undefined
  readonly password: string | undefined
}

/** The address of a receipt in one line, or one of the eight errors. Source: swreg.org/argen.htm; which wins when several fit is ours. */
export function receiptAddress(state: SimState, asked: Asked): string {
  const found = lineOf(state.swreg, asked.order ?? '')
  const error = refusedAt(state, asked) ?? refusedOf(found?.basket, asked)
  return error ?? `${state.baseUrl}/swreg/receipt/${found?.basket.id ?? ''}`
}

/** What is wrong before any order is looked for. */
function refusedAt({ settings, swreg }: SimState, { shop, email, order, password }: Asked): string | undefined {
  if (!shop || !email || !order || !password) return 'ERROR-01'
  if (swreg.switches.databaseDown) return 'ERROR-02'
  if (shop !== settings.swreg?.shopId) return 'ERROR-07'
  if (password !== settings.swreg.password) return 'ERROR-06'
  return /^\d{1,20}$/.test(order) ? undefined : 'ERROR-05'
}

/** What is wrong with the order that was found. */
function refusedOf(basket: Basket | undefined, { prefix, email }: Asked): string | undefined {
  if (!basket) return 'ERROR-04'
  if (currencies[prefix] !== basket.currency) return 'ERROR-03'
  return basket.buyer.email === email ? undefined : 'ERROR-08'
}
