import { decimals, queryOf } from '../linked/text.ts'
import { ask, emit, type Draft } from '../outgoing.ts'
import type { Answer } from '../post.ts'
import type { SimState } from '../state.ts'
import { lineOf, type Basket, type Line } from './state.ts'

/** While the buyer waits, the call is made once. How long it waits is not known; this is ours. */
const ONCE: Draft['plan'] = { timeoutMs: 10_000, waitMs: () => undefined }
/** “Queued, retried a few times, then dropped”; the single waits are ours. */
const A_FEW_TIMES: Draft['plan'] = { timeoutMs: 10_000, waitMs: (tries) => (tries > 4 ? undefined : tries * 900_000) }

const SOFTSHOP = /<softshop>([\s\S]*?)<\/softshop>/i
const BINARY = /<binary>[\s\S]*?<filename>([\s\S]*?)<\/filename>[\s\S]*?<data>([\s\S]*?)<\/data>[\s\S]*?<\/binary>/i

/** The fields of the call for a key, cut as the processor cuts them. Source: payments reference 2.2; `initals` is its own spelling. */
export function keyFields(basket: Basket, line: Line): Record<string, string> {
  const { buyer, currency, lines, params } = basket
  const master = lines[0]?.number ?? ''
  const address = { add1: buyer.street, add2: buyer.city, add3: '', add4: '', add5: '', add6: buyer.country }
  const name = { title: buyer.title.slice(0, 5), initals: buyer.first.slice(0, 20), name: buyer.last.slice(0, 20) }
  const billing = { ...name, co_name: buyer.company, ...address }
  const delivery = Object.fromEntries(Object.entries(billing).map(([field, value]) => [`d_${field}`, value]))
  return {
    o_no: line.number,
    ...(master !== line.number && { master_order_no: master }),
    pc: line.product,
    var: '',
    del: '',
    ...billing,
    ...delivery,
    email: buyer.email,
    phone: buyer.phone,
    ip: '192.0.2.44',
    user_text: params['t'] ?? '',
    qty: String(line.quantity),
    pp: decimals(line.unit * line.quantity, currency),
  }
}

/** Asks the shop for the key of a line, while the receipt is made. */
export async function askKey(state: SimState, basket: Basket, line: Line): Promise<void> {
  const answer = await callForKey(state, keyFields(basket, line))
  const { keyLimit, fileLimit } = state.swreg.switches
  const key = SOFTSHOP.exec(answer.text)?.[1]
  if (key === undefined) return fail(state, line.number, `no <softshop> tag in the answer, status ${answer.status}`)
  if (key.length > keyLimit) return fail(state, line.number, `the key has ${key.length} characters`)
  line.key = key
  const [, file = '', content = ''] = BINARY.exec(answer.text) ?? []
  if (content.length > fileLimit) return fail(state, line.number, `the key file has ${content.length} characters`)
  line.file = file
}

/** One call for a key, of a real order or of the button that tests the generator. */
export function callForKey(state: SimState, fields: Readonly<Record<string, string>>): Promise<Answer> {
  const { shop, swreg } = state.settings
  const number = fields['o_no'] ?? ''
  return ask(state, {
    id: state.random.id('key'),
    face: 'swreg',
    kind: 'key',
    order: fields['user_text'] ?? '',
    method: 'GET',
    url: `${shop}/in/swreg/${swreg?.path ?? ''}/key?${queryOf(fields, state.swreg.switches.charset)}`,
    body: '',
    secret: '',
    headers: () => ({}),
    plan: ONCE,
    heard: ({ status, text }) => status === 200 && SOFTSHOP.test(text),
    gaveUp: () => fail(state, number, 'the call was not answered'),
  })
}

/** The mail that goes to the address for failures. */
function fail({ swreg }: SimState, number: string, why: string): void {
  const subject = `Keygen Failure, order ${number}`
  if (!swreg.notes.some((note) => note.subject === subject)) swreg.notes.push({ subject, text: why })
}

/** Pays one line back and tells the vendor. Shape: `type` as in the notice; false when there is nothing to pay back. */
export function refund(state: SimState, number: string, type = 'full_refund'): boolean {
  const found = lineOf(state.swreg, number)
  const { swreg: played, shop } = state.settings
  if (!found || found.line.refunded || !played) return false
  const { basket, line } = found
  line.refunded = type === 'full_refund'
  const { security, retries } = state.swreg.switches
  const { buyer, currency } = basket
  const fields = {
    shop_id: played.shopId,
    security: security === 'key' ? played.refundSecurity : played.salesAddress,
    order_no: number,
    notify_type: type,
    name: `${buyer.first} ${buyer.last}`,
    add2: buyer.street,
    add3: buyer.city,
    country: buyer.country,
    email: buyer.email,
    telephone: buyer.phone,
    company_name: buyer.company,
    net_total: decimals(line.unit * line.quantity, currency),
    vat: decimals(0, currency),
  }
  emit(state, {
    id: state.random.id('refund'),
    face: 'swreg',
    kind: type,
    order: basket.params['t'] ?? '',
    method: 'POST',
    url: `${shop}/in/swreg/${played.path}/refund`,
    body: queryOf(fields, state.swreg.switches.charset),
    secret: '',
    headers: () => ({ 'content-type': 'application/x-www-form-urlencoded' }),
    plan: retries ? A_FEW_TIMES : ONCE,
    heard: ({ status, text }) => status === 200 && text.startsWith('OK'),
    gaveUp: () =>
      void state.swreg.notes.push({ subject: `Refund Notifier Failure, order ${number}`, text: 'not heard' }),
  })
  return true
}
