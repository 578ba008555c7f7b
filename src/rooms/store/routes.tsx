import { Hono, type Context } from 'hono'
import {
  askedFor,
  cartToken,
  quote,
  readCart,
  tidy,
  type Cart,
  type OrderId,
  type Quote,
} from '../../core/orders/index.ts'
import { isId, newId } from '../../lib/index.ts'
import { formFor, type FormField } from '../../policy/index.ts'
import { fill, formOf, formsMayGoTo, refuse, type Filled } from '../../web/index.ts'
import { checkOut } from './checkout.ts'
import { CartPage, CheckoutPage, MessagePage } from './checkoutPage.tsx'
import type { StoreContext } from './context.ts'
import { download, orderRoutes } from './orderRoutes.tsx'
import { FrontPage, ProductPage } from './pages.tsx'
import { en } from './words.ts'

/** The shop: front page, products, cart, order form, and the pages of an order. */
export function storeRoutes(ctx: StoreContext): Hono {
  const { web, tagline, cartKey } = ctx
  const { catalogue } = ctx.orders
  const asks = {
    download: formFor(ctx.orders.policy, askedFor(ctx.orders, false)),
    box: formFor(ctx.orders.policy, askedFor(ctx.orders, true)),
  }
  const shop = { web, tagline, cartKey, catalogue }
  return new Hono()
    .get('/', (c) => web.cached(c, { version: catalogue.version, key: '/', render: () => <FrontPage {...shop} /> }))
    .get('/products/:id', (c) => {
      const product = catalogue.products.find((one) => one.id === c.req.param('id'))
      if (!product) return refuse(c, web, 404)
      return web.cached(c, {
        version: catalogue.version,
        key: product.id,
        render: () => <ProductPage {...shop} product={product} asks={asks} />,
      })
    })
    .get('/trial/:id', async (c) => {
      const product = catalogue.products.find((one) => one.id === c.req.param('id'))
      return (product?.trial && (await download(ctx, c, product.trial.file))) || refuse(c, web, 404)
    })
    .get('/cart/:token', (c) =>
      withCart(ctx, c, ({ cart, quoted }) => c.html(<CartPage ctx={ctx} cart={cart} quote={quoted} />)),
    )
    .post('/cart/:token', (c) => withCart(ctx, c, (bought) => changeCart(ctx, c, bought)))
    .get('/checkout/:token', (c) => withCart(ctx, c, (bought) => showForm(ctx, c, { bought })))
    .post('/checkout/:token', (c) => withCart(ctx, c, (bought) => takeForm(ctx, c, bought)))
    .route('/', orderRoutes(ctx))
}

type Bought = { readonly cart: Cart; readonly quoted: Quote | undefined }

function withCart(
  ctx: StoreContext,
  c: Context,
  use: (bought: Bought) => Response | Promise<Response>,
): Response | Promise<Response> {
  const cart = readCart(ctx.cartKey, c.req.param('token') ?? '')
  if (!cart) return c.html(<MessagePage ctx={ctx} title={en.badCartTitle} text={en.badCart} />, 404)
  return use({ cart, quoted: quote(ctx.orders.catalogue, cart) })
}

/** Whole numbers make a new cart; anything else is shown again with an error beside it, so that a slip does not lose the order. */
function changeCart(ctx: StoreContext, c: Context, { cart, quoted }: Bought): Response | Promise<Response> {
  const form = formOf(c)
  const typed = cart.map((line, index) => String(form[`q${index}`] ?? line.quantity).trim())
  const wrong = typed.map((text) => !/^[0-9]{1,2}$/.test(text))
  if (quoted && wrong.includes(true))
    return c.html(<CartPage ctx={ctx} cart={cart} quote={quoted} typed={typed} wrong={wrong} />, 422)
  const counted = cart.map((line, index) => ({ ...line, quantity: Number(typed[index]) }))
  return c.redirect(`/cart/${cartToken(ctx.cartKey, tidy(counted))}`, 303)
}

function fieldsFor(ctx: StoreContext, quoted: Quote): FormField[] {
  return formFor(ctx.orders.policy, askedFor(ctx.orders, quoted.needsAddress))
}

type Shown = {
  readonly bought: Bought
  readonly values?: Readonly<Record<string, string | undefined>>
  readonly errors?: Readonly<Record<string, string>>
  readonly status?: 200 | 409 | 422 | 503
  readonly formId?: string
  readonly code?: string
  readonly processor?: string | undefined
}

async function showForm(ctx: StoreContext, c: Context, shown: Shown): Promise<Response> {
  const { cart, quoted } = shown.bought
  if (!quoted) return c.redirect(`/cart/${cartToken(ctx.cartKey, cart)}`, 303)
  const choices = ctx.payments.processors.choices(quoted)
  formsMayGoTo(c, ...choices.flatMap(({ page }) => page ?? []))
  const { values = {}, errors = {}, status = 200, code = '', processor: chosen } = shown
  const formId = shown.formId ?? newId<'order'>(ctx.now())
  return c.html(
    <CheckoutPage
      ctx={ctx}
      cart={cart}
      quote={quoted}
      form={fieldsFor(ctx, quoted)}
      formId={formId}
      choices={choices}
      chosen={chosen}
      values={values}
      errors={errors}
      {...((await ctx.codes?.asked()) && { code })}
    />,
    status,
  )
}

async function takeForm(ctx: StoreContext, c: Context, bought: Bought): Promise<Response> {
  const { cart, quoted } = bought
  if (!quoted) return showForm(ctx, c, { bought })
  const sent = formOf(c)
  const formId = isId<'order'>(sent['order']) ? sent['order'] : newId<'order'>(ctx.now())
  const filled = fill(fieldsFor(ctx, quoted), sent, {
    notice: ctx.web.policyVersion(),
    also: ['order', 'total', 'code', 'processor'],
    countries: ctx.orders.catalogue.countries,
  })
  const code = String(sent['code'] ?? '').slice(0, 20)
  const processor = chosenOf(ctx, quoted, sent['processor'])
  const again = { bought, formId, code, processor }
  if (!filled.ok) return showForm(ctx, c, { ...again, values: filled.values, errors: filled.errors, status: 422 })
  if (processor === undefined)
    return showForm(ctx, c, { ...again, values: filled.value, errors: { processor: en.errors.processor }, status: 422 })
  const answer = await checkOut(ctx, {
    formId,
    cart,
    quotedMinor: Number(filled.also['total']),
    values: filled.value,
    code,
    processor,
  })
  return go(ctx, c, { ...again, processor, filled, answer })
}

/** Where the buyer wants to pay: the one that was chosen, or the only one there is. */
function chosenOf(ctx: StoreContext, quoted: Quote, typed: unknown): string | undefined {
  const ids = ctx.payments.processors.choices(quoted).map(({ facts }) => facts.id)
  return ids.length === 1 ? ids[0] : ids.find((id) => id === typed)
}

type Taken = {
  bought: Bought
  filled: Filled & { ok: true }
  formId: OrderId
  code: string
  processor: string
  answer: Awaited<ReturnType<typeof checkOut>>
}

function go(ctx: StoreContext, c: Context, { filled, answer, ...again }: Taken): Response | Promise<Response> {
  if (answer.outcome === 'go') return c.redirect(answer.url, 303)
  if (answer.outcome === 'alreadyPaid' || answer.outcome === 'cancelled' || answer.outcome === 'pending')
    return c.redirect(`/r/${answer.returnToken}`, 303)
  const silent = answer.outcome === 'silent' || answer.outcome === 'shut'
  const text = answer.outcome === 'silent' ? en.errors.processorSilent : en.errors[answer.outcome]
  return showForm(ctx, c, {
    ...again,
    values: filled.value,
    errors: { form: text },
    status: silent ? 503 : 409,
  })
}
