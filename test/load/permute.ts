import { desired, fold, type Fact, type OrderId } from '../../src/core/orders/index.ts'
import { instant } from '../../src/lib/index.ts'

/** A story told in facts, with the end that it must have whatever arrives when. */
type Story = {
  readonly name: string
  readonly facts: readonly Fact[]
  readonly end: Readonly<Record<string, unknown>>
  readonly keys: number
}

/** What a drill found. */
export type Found = {
  readonly runs: number
  readonly divergent: number
  readonly wrongEnds: number
  readonly doubleIssues: number
}

const at = (minute: number): Date => instant(`2030-01-02T03:${String(minute).padStart(2, '0')}:00Z`)
const fact = (ext: string, kind: Fact['kind'], minute: number, more: Partial<Fact> = {}): Fact => ({
  source: 'stripe',
  ext,
  kind,
  at: at(minute),
  ...more,
})
const pay = (ext: string, kind: Fact['kind'], minute: number, ref = 'pi_1'): Fact =>
  fact(ext, kind, minute, { ref, amountMinor: 4900, currency: 'EUR' })
const placed: Fact = {
  source: 'store',
  ext: 'placed',
  kind: 'order.placed',
  at: at(0),
  amountMinor: 4900,
  currency: 'EUR',
  units: 1,
  boxes: 0,
}
const refund = (ext: string, kind: Fact['kind'], minute: number, ref: string, amountMinor: number): Fact =>
  fact(ext, kind, minute, { ref, of: 'pi_1', amountMinor })
const dispute = (ext: string, kind: Fact['kind'], minute: number): Fact =>
  fact(ext, kind, minute, { ref: 'dp_1', amountMinor: 4900 })

const back = (ext: string, minute: number, ref: string, more: Partial<Fact>): Fact => ({
  ...refund(ext, 'refund.succeeded', minute, ref, 4900),
  ...more,
})
const decided = (kind: 'right.given' | 'right.withdrawn', minute: number): Fact => ({
  ...fact(`right:${minute}`, kind, minute, { ref: '0' }),
  source: 'desk',
})

const stories: readonly Story[] = [
  {
    name: 'paid, part refunded, disputed and won, with late failures',
    facts: [
      placed,
      pay('e1', 'pay.authorised', 1),
      pay('e2', 'pay.captured', 2),
      pay('e3', 'pay.failed', 9),
      refund('e4', 'refund.succeeded', 4, 're_1', 900),
      dispute('e5', 'dispute.opened', 5),
      dispute('e6', 'dispute.won', 6),
      fact('e7', 'order.expired', 7),
    ],
    end: { payment: 'paid', refund: 'partial', dispute: 'won', right: 'active', headline: 'partlyRefunded' },
    keys: 1,
  },
  {
    name: 'a refund that the bank returned, then a second one',
    facts: [
      placed,
      pay('e1', 'pay.captured', 1),
      refund('e2', 'refund.requested', 2, 're_1', 4900),
      refund('e3', 'refund.succeeded', 3, 're_1', 4900),
      refund('e4', 'refund.failed', 3, 're_1', 4900),
      refund('e5', 'refund.succeeded', 5, 're_2', 400),
      fact('e6', 'order.expired', 1),
    ],
    end: { payment: 'paid', refund: 'partial', right: 'active' },
    keys: 1,
  },
  {
    name: 'refunded, whichever is told first',
    facts: [
      placed,
      pay('e1', 'pay.pending', 1),
      pay('e2', 'pay.captured', 2),
      refund('e3', 'refund.requested', 3, 're_1', 4900),
      refund('e4', 'refund.succeeded', 4, 're_1', 4900),
      pay('e5', 'pay.pending', 8),
      fact('e6', 'order.expired', 9),
    ],
    end: { payment: 'paid', refund: 'full', right: 'revoked', headline: 'refunded' },
    keys: 1,
  },
  {
    name: 'expired, then paid after all',
    facts: [
      placed,
      fact('e1', 'order.expired', 3),
      pay('e2', 'pay.pending', 1),
      pay('e3', 'pay.failed', 5),
      pay('e4', 'pay.captured', 4),
      fact('e5', 'order.expired', 6),
      { ...placed, ext: 'attempt:1', kind: 'checkout.attempt', attempt: 1 },
    ],
    end: { payment: 'paid', right: 'active', headline: 'paid' },
    keys: 1,
  },
  {
    name: 'paid twice by two cards, the second given back',
    facts: [
      placed,
      pay('e1', 'pay.captured', 1),
      pay('e2', 'pay.captured', 2, 'pi_2'),
      pay('e3', 'pay.failed', 3, 'pi_3'),
      fact('e4', 'refund.requested', 4, { ref: 're_1', of: 'pi_2', amountMinor: 4900 }),
      fact('e5', 'refund.succeeded', 5, { ref: 're_1', of: 'pi_2', amountMinor: 4900 }),
      pay('e6', 'pay.failed', 9),
    ],
    end: { payment: 'overpaid', refund: 'partial', right: 'active' },
    keys: 1,
  },
  {
    name: 'a chargeback that was lost',
    facts: [
      placed,
      pay('e1', 'pay.captured', 1),
      dispute('e2', 'dispute.opened', 2),
      dispute('e3', 'dispute.lost', 3),
      dispute('e4', 'dispute.opened', 9),
      pay('e5', 'pay.authorised', 9),
      fact('e6', 'order.expired', 9),
    ],
    end: { dispute: 'lost', right: 'revoked', headline: 'disputed' },
    keys: 1,
  },
  {
    name: 'cancelled before anybody paid',
    facts: [
      placed,
      fact('e1', 'order.cancelled', 1),
      pay('e2', 'pay.pending', 2),
      pay('e3', 'pay.failed', 3),
      fact('e4', 'order.expired', 4),
      pay('e5', 'pay.pending', 5),
    ],
    end: { payment: 'failed', headline: 'cancelled', right: 'none' },
    keys: 0,
  },
  {
    name: 'two processors, one of them in vain',
    facts: [
      placed,
      pay('e1', 'pay.failed', 1, 'sw_1'),
      { ...pay('n1', 'pay.captured', 2, 'rg_1'), source: 'regnow' },
      { ...pay('n2', 'pay.voided', 1, 'rg_0'), source: 'regnow' },
      pay('e2', 'pay.pending', 3, 'sw_2'),
      pay('e3', 'pay.voided', 4, 'sw_2'),
      fact('e4', 'order.expired', 5),
      dispute('e5', 'dispute.opened', 6),
    ],
    end: { payment: 'paid', dispute: 'open', right: 'suspended' },
    keys: 1,
  },
  {
    name: 'voided after it came in',
    facts: [
      placed,
      pay('e1', 'pay.pending', 1),
      pay('e2', 'pay.captured', 2),
      pay('e3', 'pay.voided', 3),
      pay('e4', 'pay.captured', 9),
      fact('e5', 'order.expired', 5),
    ],
    end: { payment: 'failed', right: 'revoked', headline: 'expired' },
    keys: 1,
  },
  {
    name: 'three parts come to the whole, one of them for another reason',
    facts: [
      placed,
      pay('e1', 'pay.captured', 1),
      back('e2', 2, 're_1', { amountMinor: 900, reason: 'goodwill' }),
      back('e3', 3, 're_2', { amountMinor: 1000 }),
      back('e4', 4, 're_3', { amountMinor: 3000, kind: 'refund.requested', source: 'desk', reason: 'asked' }),
      back('e5', 5, 're_3', { amountMinor: 3000, reason: 'duplicate' }),
      fact('e6', 'money.fee', 6, { ref: 'pi_1', amountMinor: 99 }),
    ],
    end: { refund: 'full', right: 'revoked', headline: 'refunded' },
    keys: 1,
  },
  {
    name: 'withdrawn by staff while a bank looks, and the bank finds for the vendor',
    facts: [
      placed,
      pay('e1', 'pay.captured', 1),
      dispute('e2', 'dispute.warned', 2),
      dispute('e3', 'dispute.opened', 3),
      decided('right.given', 4),
      decided('right.withdrawn', 5),
      dispute('e6', 'dispute.won', 6),
    ],
    end: { dispute: 'won', right: 'revoked', rest: 'active' },
    keys: 1,
  },
  {
    name: 'given back by staff although the money went back, and the bank took it too',
    facts: [
      placed,
      pay('e1', 'pay.captured', 1),
      pay('e2', 'pay.failed', 9),
      back('e3', 3, 're_1', { reason: 'fraud' }),
      decided('right.withdrawn', 4),
      decided('right.given', 5),
      dispute('e6', 'dispute.lost', 6),
    ],
    end: { refund: 'full', dispute: 'lost', right: 'active', rest: 'revoked' },
    keys: 1,
  },
  {
    name: 'the processor fails and everybody is paid back, one refund of them in vain',
    facts: [
      placed,
      pay('e1', 'pay.captured', 1),
      back('e2', 2, 're_1', { amountMinor: 400, reason: 'asked' }),
      back('e3', 3, 're_2', { amountMinor: 4500, reason: 'incident' }),
      back('e4', 3, 're_3', { amountMinor: 4500, reason: 'incident' }),
      back('e5', 2, 're_3', { amountMinor: 4500, kind: 'refund.failed' }),
      dispute('e6', 'dispute.warned', 6),
    ],
    end: { refund: 'full', dispute: 'none', right: 'active', headline: 'refunded' },
    keys: 1,
  },
]

/** Plays the arrival of facts one by one, doing each effect as soon as it is called for. Answers how often each was asked for and the end. */
function arrive(
  order: readonly Fact[],
  rank?: () => number,
): { end: string; state: ReturnType<typeof fold>; issued: Map<string, number> } {
  const known = new Map<string, Fact>()
  const done = new Map<string, number>()
  for (const one of order) {
    known.set(`${one.source} ${one.ext}`, one)
    const asked = desired('o' as OrderId, fold([...known.values()], rank))
    for (const { key, kind } of asked) if (kind === 'licences.issue' && !done.has(key)) done.set(key, 1)
  }
  const state = fold([...known.values()], rank)
  return { end: JSON.stringify(state), state, issued: done }
}

function* permutations<T>(items: readonly T[]): Generator<T[]> {
  const list = [...items]
  const counts = list.map(() => 0)
  yield [...list]
  let index = 0
  while (index < list.length) {
    if ((counts[index] ?? 0) < index) {
      const from = index % 2 === 0 ? 0 : (counts[index] ?? 0)
      ;[list[from], list[index]] = [list[index] as T, list[from] as T]
      yield [...list]
      counts[index] = (counts[index] ?? 0) + 1
      index = 0
    } else counts[index++] = 0
  }
}

function tally(story: Story, drill: { most: number; rank: (() => number) | undefined }): Found {
  let [runs, divergent, wrongEnds, doubleIssues] = [0, 0, 0, 0]
  let first: string | undefined
  for (const order of permutations(story.facts)) {
    if (runs >= drill.most) break
    const twice =
      runs % 3 === 0
        ? [...order, ...order.slice(0, 3)]
        : order.flatMap((one, index) => (index % 2 === runs % 2 ? [one, one] : [one]))
    const { end, state, issued } = arrive(twice, drill.rank)
    first ??= end
    runs += 1
    if (end !== first) divergent += 1
    if (Object.entries(story.end).some(([name, value]) => state[name as keyof typeof state] !== value)) wrongEnds += 1
    if (issued.size !== story.keys) doubleIssues += 1
  }
  return { runs, divergent, wrongEnds, doubleIssues }
}

/** Permutes the arrival of every story's facts with duplicates. Shape: `most` bounds the runs of one story. */
export function permutationDrill({ most, dropRank = false }: { most: number; dropRank?: boolean }): Found {
  const found = stories.map((story) => tally(story, { most, rank: dropRank ? () => 0 : undefined }))
  const sum = (name: keyof Found): number => found.reduce((total, one) => total + one[name], 0)
  return {
    runs: sum('runs'),
    divergent: sum('divergent'),
    wrongEnds: sum('wrongEnds'),
    doubleIssues: sum('doubleIssues'),
  }
}
