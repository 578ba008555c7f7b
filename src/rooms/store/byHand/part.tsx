import { Ledger, Part } from '../../../web/index.ts'
import type { StoreContext } from '../context.ts'
import { en } from '../words.ts'
import { rowsOf, type HowToPay } from './howToPay.ts'

/** Account, amount, reference and until when, while an order waits for a transfer or a cheque. */
export function HowToPayPart({ ctx, toPay }: { ctx: StoreContext; toPay: HowToPay | undefined }) {
  if (!toPay) return null
  return (
    <Part id="how-to-pay" title={en.howToPay.title}>
      <Ledger rows={rowsOf(toPay, ctx.web.dates.day).map(([term, text]) => ({ term, text }))} />
      {toPay.bank.note ? <p>{toPay.bank.note}</p> : null}
      <p class="small muted">{en.howToPay.why}</p>
    </Part>
  )
}
