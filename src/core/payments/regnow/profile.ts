/** What a value of a call means. Shape: `order` is our order's id, `number` the processor's own of one item of an order; prices are of all pieces of it, in decimals. */
export type Meaning = 'order' | 'number' | 'product' | 'quantity' | 'price' | 'currency' | 'status'

/** What a status says of a payment. Shape: `told` changes nothing, for instance a visit. */
export type StatusMeaning = 'told' | 'pending' | 'paid' | 'refunded' | 'charged back' | 'void'

/**
 * One kind of call, as data. Shape: `fields` are the names by what they mean; `proof` names a value that must be one of the vendor's, beside the secret path;
 * `answer` has `{KEYS}` where the keys go, one a line; without keys it is `nothing`.
 */
export type CallProfile = {
  readonly fidelity: 'names chosen by this project'
  readonly methods: readonly ('GET' | 'POST')[]
  readonly fields: Readonly<Record<Meaning, string>>
  readonly statuses: Readonly<Record<string, StatusMeaning>>
  readonly proof?: string
  readonly answer: string
  readonly nothing: string
}

const fields = {
  order: 'linkid',
  number: 'order_id',
  product: 'item',
  quantity: 'quantity',
  price: 'price',
  currency: 'currency',
  status: 'status',
} as const

/**
 * N new (a visit), W awaiting payment, I left on the billing page, L held for review, C complete: only C is paid.
 * Source: regnow.com/html/help/vendor/statuscodes.html. R, B and V are names chosen by this project.
 */
const statuses = {
  N: 'told',
  W: 'pending',
  I: 'told',
  L: 'pending',
  C: 'paid',
  R: 'refunded',
  B: 'charged back',
  V: 'void',
} as const

/**
 * The call for a key: names chosen by this project, after those that a licence manager read of the processor's successor (`order_id`, `quantity`; the bare key as the answer).
 * A vendor who has the processor's own page puts its names in their place.
 */
export const keyProfile: CallProfile = {
  fidelity: 'names chosen by this project',
  methods: ['GET', 'POST'],
  fields,
  statuses,
  answer: '{KEYS}',
  nothing: '',
}

/** The notification of an order: names chosen by this project. One call for each item and each change of its status. */
export const updateProfile: CallProfile = {
  fidelity: 'names chosen by this project',
  methods: ['POST', 'GET'],
  fields,
  statuses,
  answer: 'OK',
  nothing: 'OK',
}
