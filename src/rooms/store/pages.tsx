import { cartToken, type Catalogue, type Product } from '../../core/orders/index.ts'
import type { FormField } from '../../policy/index.ts'
import { Ledger, Link, LinkBtn, Page, Part, Sheet, Split } from '../../web/index.ts'
import type { StoreContext } from './context.ts'
import { lowest, price } from './prices.ts'
import { en } from './words.ts'

type ShopProps = Pick<StoreContext, 'web' | 'tagline' | 'cartKey'> & { catalogue: Catalogue }

/** What the order form asks for one kind of goods, as the policy has it. */
export type Asks = { readonly box: readonly FormField[]; readonly download: readonly FormField[] }

/** The front page: everything that is sold, prices first. */
export function FrontPage({ web, tagline, catalogue }: ShopProps) {
  return (
    <Page web={web} title={tagline} nav="store" description={en.shopLede}>
      <div class="stack">
        <h1>{tagline}</h1>
        <p class="lede">{en.shopLede}</p>
      </div>
      <ul class="goods">
        {catalogue.products.map((product) => (
          <li>
            <Picture web={web} product={product} decorative />
            <div class="stack g2">
              <h2>
                <Link href={`/products/${product.id}`}>{product.name}</Link>
              </h2>
              <p>{product.claim}.</p>
            </div>
            <p class="cost">
              <PriceLine catalogue={catalogue} product={product} />
            </p>
          </li>
        ))}
      </ul>
      <p class="small muted">{en.gross}</p>
    </Page>
  )
}

/** The product's picture. Beside its own name it says nothing new, so there it is decorative. */
function Picture({
  web,
  product,
  decorative = false,
}: Pick<ShopProps, 'web'> & { product: Product; decorative?: boolean }) {
  if (!product.picture) return null
  const { file, alt } = product.picture
  return (
    <img class="art" src={web.assets.url(`pictures/${file}`)} alt={decorative ? '' : alt} width="960" height="400" />
  )
}

function PriceLine({ catalogue, product }: { catalogue: Catalogue; product: Product }) {
  const from = lowest(catalogue, product)
  if (!from) return <span class="muted">{product.trial ? en.freeTrial(product.trial.days) : ''}</span>
  return (
    <>
      {product.offers.length > 1 ? <span class="muted">{en.from}</span> : null} <strong class="price">{from}</strong>
    </>
  )
}

/** One product: what it is, what you get, what it costs, and what we ask. */
export function ProductPage({ web, catalogue, cartKey, product, asks }: ShopProps & { product: Product; asks: Asks }) {
  return (
    <Page web={web} title={product.claim} nav="store" description={product.lede}>
      <Split aside={<OrderSheet catalogue={catalogue} cartKey={cartKey} product={product} />}>
        <div class="stack">
          <h1>{product.claim}</h1>
          <p class="lede">{product.lede}</p>
          <p class="row small">
            <span>{product.platforms}</span>
            <a class="jump" href="#order">
              {product.offers.length > 0 ? en.jumpToOrder : en.jumpToTrial}
            </a>
          </p>
        </div>
        <Picture web={web} product={product} />
        <Part id="get" title={en.whatYouGet}>
          <Ledger rows={product.facts} />
        </Part>
        {product.offers.length > 0 ? (
          <Part id="ask" title={en.whatWeAsk}>
            <WhatWeAsk product={product} asks={asks} />
          </Part>
        ) : null}
      </Split>
    </Page>
  )
}

function WhatWeAsk({ product, asks }: { product: Product; asks: Asks }) {
  const kinds = (['download', 'box'] as const).filter((kind) => product.offers.some((offer) => offer.goods === kind))
  const labels = (fields: readonly FormField[], required: boolean): string[] =>
    fields.filter((field) => field.required === required).map((field) => field.label.toLowerCase())
  return (
    <>
      {kinds.map((kind) => (
        <p>
          {en.asks[kind](labels(asks[kind], true))} {en.yourChoice(labels(asks[kind], false))}
        </p>
      ))}
      <p>{en.asksNothingElse}</p>
    </>
  )
}

function OrderSheet({ catalogue, cartKey, product }: { catalogue: Catalogue; cartKey: Uint8Array; product: Product }) {
  return (
    <Sheet id="order" title={product.offers.length > 0 ? en.buy : en.tryIt}>
      {product.offers.map((offer) => (
        <div class="stack g2">
          <p class="row between">
            <strong>{offer.label}</strong>
            <span class="price">{price(catalogue, offer.grossMinor)}</span>
          </p>
          <LinkBtn wide href={`/checkout/${cartToken(cartKey, [{ offerId: offer.id, quantity: 1 }])}`}>
            {en.buyThis(offer.label)}
          </LinkBtn>
        </div>
      ))}
      {product.offers.length > 0 ? <p class="small muted">{en.gross}</p> : null}
      {product.trial ? (
        <p>
          <LinkBtn wide weight={product.offers.length > 0 ? 'quiet' : 'main'} href={`/trial/${product.id}`}>
            {en.trial(product.trial.days)}
          </LinkBtn>
        </p>
      ) : null}
    </Sheet>
  )
}
