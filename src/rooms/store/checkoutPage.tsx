import { cartToken, type Cart, type Quote, type QuotedLine } from '../../core/orders/index.ts'
import { dayIn, formatMoney } from '../../lib/index.ts'
import type { Adapter } from '../../core/payments/index.ts'
import { clauseFor, recipientName, valueText, type FormField } from '../../policy/index.ts'
import {
  Bill,
  Btn,
  CardSeal,
  Choices,
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
  /** Where this cart may be paid. */
  readonly choices: readonly Adapter[]
  readonly chosen: string | undefined
  readonly values?: Readonly<Record<string, string | undefined>>
  readonly errors?: Readonly<Record<string, string>>
  /** The code of a campaign as it was typed; without it none is asked for. */
  readonly code?: string
}

/** The order form, with exactly the fields that this cart needs. */
export function CheckoutPage(props: CheckoutProps) {
  const { ctx, cart, quote, form, formId, choices, values = {}, errors = {}, code } = props
  const path = `/checkout/${cartToken(ctx.cartKey, cart)}`
  const { catalogue } = ctx.orders
  return (
    <Page web={ctx.web} title={en.checkoutName} nav="store" noindex wrong={Object.keys(errors).length > 0}>
      <ErrorSummary errors={errors} />
      <PostForm web={ctx.web} action={path}>
        <Split aside={<Summary {...props} country={values['country']} />}>
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
            {choices.length > 1 ? <WhereToPay {...props} /> : null}
          </div>
          <GoOn ctx={ctx} choices={choices} total={price(catalogue, quote.total.minor)} />
        </Split>
      </PostForm>
    </Page>
  )
}

/** The button, and what goes along to the one processor there is; where there are several, each says so itself. */
function GoOn({ ctx, choices, total }: Pick<CheckoutProps, 'ctx' | 'choices'> & { total: string }) {
  const [only] = choices.length === 1 ? choices : []
  return (
    <div class="stack g3 narrow">
      <Btn wide>
        {only && goesOut(only) ? en.pay(total, recipientName(ctx.orders.policy, only.facts.id)) : en.payChosen(total)}
      </Btn>
      {only && goesOut(only) ? (
        <p class="small muted">
          {en.sentTo(recipientName(ctx.orders.policy, only.facts.id), only.facts.sends.map(valueText))}
        </p>
      ) : null}
    </div>
  )
}

function goesOut({ startCheckout }: Adapter): boolean {
  return startCheckout !== undefined
}

function WhereToPay({ ctx, choices, chosen, errors = {} }: CheckoutProps) {
  return (
    <Choices
      name="processor"
      legend={en.payWhere}
      chosen={chosen ?? choices[0]?.facts.id}
      error={errors['processor']}
      choices={choices.map((one) => ({
        value: one.facts.id,
        label: recipientName(ctx.orders.policy, one.facts.id),
        note: noteOf(one.facts),
      }))}
    />
  )
}

/** What a buyer should know of a processor, made from its declared facts. */
function noteOf({ status, role, taxBy, channel, sends }: Adapter['facts']): string {
  if (role === 'none') return en.byHand
  const closed = status === 'closed' ? en.closedProcessor : ''
  return [closed, en.seller[taxBy], en.messages[channel], en.gets(sends.map(valueText))]
    .filter((said) => said !== '')
    .join(' ')
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

type SummaryProps = Pick<CheckoutProps, 'ctx' | 'cart' | 'quote' | 'choices'> & { country: string | undefined }

function Summary({ ctx, cart, quote, choices, country }: SummaryProps) {
  const { catalogue, timeZone, policy } = ctx.orders
  const [only] = choices.length === 1 ? choices : []
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
      {choices.some(goesOut) ? (
        <CardSeal>
          <strong>{en.cardTitle}</strong>{' '}
          {only ? en.card(recipientName(ctx.orders.policy, only.facts.id)) : en.cardAnywhere}{' '}
          {ctx.web.example ? en.cardSim : ''} <Stamp clause={clauseFor(policy, 'cards')} />
        </CardSeal>
      ) : null}
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
