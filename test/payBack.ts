import type { Shop } from './openShop.ts'
import { formsOf } from './walker.ts'

/** Pays back as staff do, by a form on the order's page. Shape: what is not typed stays as the page has it. Answers the status; undefined where the page has no such form. */
export async function payBack(
  shop: Shop,
  number: string | undefined,
  typed: Readonly<Record<string, string>> = {},
): Promise<number | undefined> {
  const sam = await shop.staff()
  const path = `/desk/orders/${number ?? ''}`
  const forms = formsOf(await (await sam(path)).text()).filter(({ action }) => action === `${path}/refund`)
  const form = forms.find(({ fields }) => !typed['payment'] || fields['payment'] === typed['payment'])
  if (!form) return undefined
  const answer = await sam(form.action, { ...form.fields, reason: 'asked', ...typed })
  await shop.settled()
  return answer.status
}
