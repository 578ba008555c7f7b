import { orderIdOf, readCart, type OrderId } from '../src/core/orders/index.ts'

/** Which order a filled-in order form asks for. Shape: `key` is the shop's own for carts; nothing of the form is changed. */
export function orderOf(key: Uint8Array, form: { url: string; fields: Readonly<Record<string, string>> }): OrderId {
  const cart = readCart(key, new URL(form.url).pathname.split('/').at(-1) ?? '')
  if (!cart) throw new Error('no order form')
  const { order, total, notice: _notice, act: _act, processor: _processor, ...typed } = form.fields
  const values = Object.fromEntries(Object.entries(typed).filter(([, text]) => text !== ''))
  return orderIdOf(key, order as OrderId, { cart, quotedMinor: Number(total), values })
}
