import { personOf, type OrderRow } from '../../core/orders/index.ts'
import type { Staff } from '../../web/index.ts'
import type { StaffContext } from './context.ts'
import type { Address } from './orders/page.tsx'

/** The address that a box goes to. Opening it is logged with the order; without a box to send nothing is opened. */
export async function addressOf(ctx: StaffContext, order: OrderRow, staff: Staff): Promise<Address | undefined> {
  const person = order.to_send ? await personOf(ctx.orders.db.query, order.id) : undefined
  if (!person) return undefined
  const seen = await ctx.vault.reveal({
    person,
    purpose: 'fulfilment',
    actor: { role: staff.role, id: staff.id },
    for: `order:${order.id}`,
  })
  if (seen.outcome === 'refused') return undefined
  const { country = '' } = seen.values
  const countryName = ctx.orders.catalogue.countries.find((one) => one.code === country)?.name ?? country
  return { lines: linesOf(seen.values, countryName), telephone: seen.values.telephone }
}

type Place = Readonly<Partial<Record<'name' | 'street' | 'postcode' | 'city', string | undefined>>>

function linesOf({ name = '', street = '', postcode = '', city = '' }: Place, countryName: string): string[] {
  const lines = [name, ...street.split('\n'), [postcode, city].filter(Boolean).join(' '), countryName.toUpperCase()]
  return lines.map((line) => line.trim()).filter(Boolean)
}
