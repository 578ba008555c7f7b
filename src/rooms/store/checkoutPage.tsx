import { cartToken, type Cart, type Quote, type QuotedLine } from '../../core/orders/index.ts'
import { dayIn, formatMoney } from '../../lib/index.ts'
import { clauseFor, type FormField } from '../../policy/index.ts'
import {
  Bill,
  Btn,
  CardSeal,
  ErrorSummary,
  Fields,
  Link,
  LinkBtn,
  Page,
  PostForm,
  Sheet,
  Split,
  Stamp,
  type BillLine,
  aria,
  Typed,
  SayPage,
} from '../../web/index.ts'
import type { StoreContext } from './context.ts'
import { price, taxPart } from './prices.ts'
import { en } from './words.ts'

/** The order form: empty, or again with what was typed and what is wrong with it. */
export type CheckoutProps = {
  readonly ctx: StoreContext
  readonly cart: Cart
  readonly quote: Quote
  readonly form: readonly FormField[]
  readonly formId: string
  readonly values?: Readonly<Record<string, string | undefined>>
  readonly errors?: Readonly<Record<string, string>>
  /** The code of a campaign as it was typed; without it none is asked for. */
  readonly code?: string
}

/** The order form, with exactly the fields that this cart needs. */
export function CheckoutPage({ ctx, cart, quote, form, formId, values = {}, errors = {}, code }: CheckoutProps) {
  const path = `/checkout/${cartToken(ctx.cartKey, cart)}`
  const { catalogue } = ctx.orders
  return (
    <Page web={ctx.web} title={en.checkoutName} nav="store" noindex wrong={Object.keys(errors).length > 0}>
      <ErrorSummary errors={errors} />
      <PostForm web={ctx.web} action={path}>
        <Split aside={<Summary ctx={ctx} cart={cart} quote={quote} country={values['country']} />}>
          <div class="stack">
            <h1>{quote.needsAddress ? en.checkoutTitle : en.checkoutTitleDownload}</h1>
            <p class="lede">{en.checkoutLede}</p>
            <p class="jump">{en.atAGlance(quote.lines.map(lineName), formatMoney(quote.total))}</p>
          </div>
          <input type="hidden" name="order" value={formId} />
          <input type="hidden" name="total" value={String(quote.total.minor)} />
          <div class="stack g5 narrow">
            <Fields
              notice={ctx.web.policyVersion()}
              form={form}
              values={values}
              errors={errors}
              countries={catalogue.countries}
            />
            {code === undefined ? null : <CodeField code={code} />}
          </div>
          <div class="stack g3 narrow">
            <Btn wide>{en.pay(price(catalogue, quote.total.minor), ctx.processor.name)}</Btn>
            <p class="small muted">{en.sentTo(ctx.processor.name)}</p>
          </div>
        </Split>
      </PostForm>
    </Page>
  )
}

/** Not about the buyer: it is the same for everybody who read the same news. */
function CodeField({ code }: { code: string }) {
  return (
    <div class="field">
      <label for="f-code">
        {en.code} <span class="optional">({en.codeOptional})</span>
      </label>
      <input id="f-code" name="code" value={code} autocomplete="off" aria-describedby="w-code" />
      <p class="small muted" id="w-code">
        {en.codeHint}
      </p>
    </div>
  )
}

function Summary({
  ctx,
  cart,
  quote,
  country,
}: {
  ctx: StoreContext
  cart: Cart
  quote: Quote
  country: string | undefined
}) {
  const { catalogue, timeZone, policy } = ctx.orders
  const tax = country ? taxPart(catalogue, quote.total, { country, day: dayIn(timeZone, ctx.now()) }) : undefined
  const lines: BillLine[] = quote.lines.map(({ product, offer, quantity, grossMinor }) => ({
    label: lineName({ product, offer, quantity }),
    amount: price(catalogue, grossMinor),
  }))
  return (
    <Sheet
      id="sum"
      title={en.yourOrder}
      aside={<Link href={`/cart/${cartToken(ctx.cartKey, cart)}`}>{en.change}</Link>}
    >
      <Bill total={{ label: en.toPay, amount: formatMoney(quote.total) }} lines={lines} />
      <p class="small muted">{tax ? en.taxWithin(tax.rate, tax.amount, tax.country) : en.taxSetByCountry}</p>
      <CardSeal>
        <strong>{en.cardTitle}</strong> {en.card(ctx.processor.name)} {ctx.web.example ? en.cardSim : ''}{' '}
        <Stamp clause={clauseFor(policy, 'cards')} />
      </CardSeal>
    </Sheet>
  )
}

function lineName({ product, offer, quantity }: Pick<QuotedLine, 'product' | 'offer' | 'quantity'>): string {
  return `${product.name}, ${offer.label.toLowerCase()}${quantity > 1 ? ` × ${quantity}` : ''}`
}

type CartProps = {
  ctx: StoreContext
  cart: Cart
  quote: Quote | undefined
  typed?: readonly string[]
  wrong?: readonly boolean[]
}

/** Change how many of what; nothing personal is asked here. */
export function CartPage({ ctx, cart, quote, typed = [], wrong = [] }: CartProps) {
  const { catalogue } = ctx.orders
  const token = cartToken(ctx.cartKey, cart)
  const what = (line: QuotedLine): string => `${line.product.name}, ${line.offer.label.toLowerCase()}`
  const errors = (quote?.lines ?? []).flatMap((line, index) =>
    wrong[index] ? [[`q${index}`, en.errors.quantity(what(line))] as const] : [],
  )
  return (
    <Page web={ctx.web} title={en.changeTitle} nav="store" noindex wrong={errors.length > 0}>
      <ErrorSummary errors={Object.fromEntries(errors)} />
      <h1>{en.changeTitle}</h1>
      {quote ? (
        <PostForm web={ctx.web} action={`/cart/${token}`} class="stack g5 narrow">
          {quote.lines.map((line, index) => (
            <Quantity
              name={`q${index}`}
              label={en.quantity(what(line))}
              typed={typed[index] ?? String(line.quantity)}
              error={wrong[index] ? en.errors.quantity(what(line)) : undefined}
            />
          ))}
          <Bill
            total={{ label: en.toPay, amount: formatMoney(quote.total) }}
            lines={quote.lines.map((line) => ({
              label: `${line.product.name} × ${line.quantity}`,
              amount: price(catalogue, line.grossMinor),
            }))}
          />
          <Btn weight="quiet">{en.update}</Btn>
          <LinkBtn href={`/checkout/${token}`}>{en.toCheckout}</LinkBtn>
        </PostForm>
      ) : (
        <p>{en.emptyCart}</p>
      )}
      <p>
        <Link href="/">{en.backToShop}</Link>
      </p>
    </Page>
  )
}

/** A plain text field: a browser's own number field throws away what it cannot read, so nobody would see the slip. */
function Quantity({
  name,
  label,
  typed,
  error,
}: {
  name: string
  label: string
  typed: string
  error?: string | undefined
}) {
  return (
    <Typed id={name} label={label} error={error}>
      <input
        id={`f-${name}`}
        name={name}
        type="text"
        inputmode="numeric"
        value={typed}
        autocomplete="off"
        {...aria(name, error)}
      />
    </Typed>
  )
}

/** A page with one message and a way on. */
export function MessagePage({
  ctx,
  title,
  text,
  href = '/',
  label = en.backToShop,
}: {
  ctx: StoreContext
  title: string
  text: string
  href?: string
  label?: string
}) {
  return (
    <SayPage web={ctx.web} nav="store" title={title} text={text}>
      <p>
        <LinkBtn weight="quiet" href={href}>
          {label}
        </LinkBtn>
      </p>
    </SayPage>
  )
}
