import type { Statement } from '../types.ts'

/** The card processors that this program can speak to. `manual` is no company: the buyer pays by bank transfer or cheque and staff note it. */
export const processorIds = ['stripe', 'paddle', 'swreg', 'regnow', 'sealed', 'manual'] as const
/** The name of a processor, in the register and in addresses. */
export type ProcessorId = (typeof processorIds)[number]

/**
 * What is declared about a processor: the notice, the order form and the staff's pages are made from it.
 * Shape: `channel` is what proves its messages to us; `sends` are the values that go to it when somebody pays there; `closed` says since when nobody can sell there, with where that is known from.
 */
export type ProcessorFacts = {
  readonly id: ProcessorId
  readonly legalName: string
  readonly role: 'payment processor' | 'merchant of record' | 'none'
  readonly status: 'live' | 'closed'
  readonly closed?: Statement
  readonly channel: 'sealed to us' | 'signed' | 'TLS only' | 'none'
  readonly cardExposure: 'none' | 'sealed'
  readonly goods: readonly ('download' | 'box')[]
  readonly taxBy: 'processor' | 'vendor'
  readonly sends: readonly string[]
  readonly sendsForRefund: readonly string[]
  readonly fidelity:
    'official documentation' | 'recovered' | 'partly recovered' | 'names chosen by this project' | 'made here'
}

const ORDER = ['orderId', 'orderNumber', 'amountMinor', 'currency', 'description', 'returnUrl'] as const
const REFUND = ['orderId', 'refundId', 'paymentRef', 'amountMinor'] as const
const LINK = ['orderId', 'products', 'quantities', 'prices', 'currency'] as const
const ended: Statement = {
  text: { en: 'Closed. Its owner, Digital River, shut down; nobody can buy there any more.' },
  source: 'bigcommerce/checkout-js, pull request 2362',
  on: '2025-06-12',
}

/** Every processor that the program knows. Source: the processors’ public documentation where `fidelity` says so. */
export const processors: { readonly [P in ProcessorId]: ProcessorFacts } = {
  stripe: {
    id: 'stripe',
    legalName: 'Stripe',
    role: 'payment processor',
    status: 'live',
    channel: 'signed',
    cardExposure: 'none',
    goods: ['download', 'box'],
    taxBy: 'vendor',
    sends: ORDER,
    sendsForRefund: REFUND,
    fidelity: 'official documentation',
  },
  paddle: {
    id: 'paddle',
    legalName: 'Paddle',
    role: 'merchant of record',
    status: 'live',
    channel: 'signed',
    cardExposure: 'none',
    goods: ['download'],
    taxBy: 'processor',
    sends: ORDER,
    sendsForRefund: REFUND,
    fidelity: 'official documentation',
  },
  swreg: {
    id: 'swreg',
    legalName: 'SWREG',
    role: 'merchant of record',
    status: 'closed',
    closed: ended,
    channel: 'TLS only',
    cardExposure: 'none',
    goods: ['download', 'box'],
    taxBy: 'processor',
    sends: [...LINK, 'returnUrl'],
    sendsForRefund: [],
    fidelity: 'recovered',
  },
  regnow: {
    id: 'regnow',
    legalName: 'RegNow',
    role: 'merchant of record',
    status: 'closed',
    closed: ended,
    channel: 'TLS only',
    cardExposure: 'none',
    goods: ['download', 'box'],
    taxBy: 'processor',
    sends: ['orderId', 'products', 'quantities', 'currency'],
    sendsForRefund: [],
    fidelity: 'partly recovered',
  },
  sealed: {
    id: 'sealed',
    legalName: 'Sealed orders',
    role: 'payment processor',
    status: 'live',
    channel: 'sealed to us',
    cardExposure: 'sealed',
    goods: ['download', 'box'],
    taxBy: 'vendor',
    sends: ORDER,
    sendsForRefund: REFUND,
    fidelity: 'names chosen by this project',
  },
  manual: {
    id: 'manual',
    legalName: 'Bank transfer or cheque',
    role: 'none',
    status: 'live',
    channel: 'none',
    cardExposure: 'none',
    goods: ['download', 'box'],
    taxBy: 'vendor',
    sends: [],
    sendsForRefund: [],
    fidelity: 'made here',
  },
}

/** The declared facts of a recipient that is a processor; undefined for any other. */
export function processorFacts(id: string): ProcessorFacts | undefined {
  return (processors as Readonly<Record<string, ProcessorFacts>>)[id]
}
