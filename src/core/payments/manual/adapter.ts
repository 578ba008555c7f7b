import { processors } from '../../../policy/index.ts'
import type { Adapter } from '../adapter.ts'
import { plainValues, sellsGoods } from '../processors.ts'

/** How long an order waits for a transfer or a cheque. Shape: an ISO 8601 period. */
export const WAITS = 'P30D'

/** Bank transfer and cheque: no company, so nothing goes out and nothing comes in; staff note what came. */
export function manualAdapter(): Adapter {
  const facts = processors.manual
  return {
    facts,
    sells: true,
    canSell: sellsGoods(facts),
    valuesFor: plainValues,
    expire: () => Promise.resolve('expired'),
    endpoints: [],
    verify: () => ({ ok: false, because: 'wrong address' }),
    parse: () => [],
    reply: () => ({ status: 401, text: '' }),
    fetchState: () => Promise.resolve([]),
  }
}
