import { expect, test } from 'vitest'
import type { FactKind } from '../../core/orders/index.ts'
import { instant } from '../../lib/index.ts'
import { newestFirst, type Entry } from './timeline.ts'

const fact = (kind: FactKind, at: string): Entry => ({
  kind: 'fact',
  at: instant(at),
  fact: { source: 'stripe', ext: kind, kind, at: instant(at) },
})

test('an order begins before what a processor that counts whole seconds tells of it, and everything else stands by its time', () => {
  const entries = [
    fact('pay.captured', '2026-01-05T09:00:00.000Z'),
    fact('order.placed', '2026-01-05T09:00:00.700Z'),
    fact('refund.succeeded', '2026-01-05T09:00:01.000Z'),
    fact('checkout.attempt', '2026-01-05T09:00:00.700Z'),
    fact('pay.pending', '2026-01-05T09:00:00.400Z'),
    fact('pay.failed', '2026-01-05T08:59:59.999Z'),
  ]
  expect(entries.toSorted(newestFirst).map((one) => one.kind === 'fact' && one.fact.kind)).toEqual([
    'refund.succeeded',
    'pay.pending',
    'pay.captured',
    'checkout.attempt',
    'order.placed',
    'pay.failed',
  ])
})
