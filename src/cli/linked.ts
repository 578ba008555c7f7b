import { itemsOf, productCodes, type ProcessorSettings } from '../core/payments/index.ts'
import type { Catalogue } from '../core/orders/index.ts'
import { newToken } from '../lib/index.ts'

/** The processors that are reached by a link. */
export type Linked = Pick<ProcessorSettings, 'swreg' | 'regnow'>

type Env = Readonly<Record<string, string | undefined>>

/** How a shop that sold there still hears them. Errors: throws with a sentence for half an account. */
export function linkedFrom(env: Env): Linked {
  const [shop, vendor] = [env['SWREG_SHOP'], env['REGNOW_VENDOR']]
  const refundSecurity = listed(env, 'SWREG_REFUND_SECURITY')
  return {
    ...(shop && {
      swreg: {
        shop,
        page: pageOf(env, 'SWREG_PAGE', 'https://{currency}.swreg.org/cgi-bin/s.cgi'),
        secretPaths: pathsOf(env, { set: 'SWREG_SHOP', name: 'SWREG_PATH' }),
        refundSecurity,
      },
    }),
    ...(vendor && {
      regnow: {
        vendor,
        page: pageOf(env, 'REGNOW_PAGE', 'https://www.regnow.com/softsell/nph-softsell.cgi'),
        secretPaths: pathsOf(env, { set: 'REGNOW_VENDOR', name: 'REGNOW_PATH' }),
      },
    }),
  }
}

/** Where an order page is. Shape: `{currency}` stands where the beginning of a currency's own address goes. */
function pageOf(env: Env, name: string, usual: string): string {
  const page = env[name] || usual
  if (URL.canParse(page.replace('{currency}', 'usd'))) return page
  throw new RangeError(`${name} must be an address like ${usual}.`)
}

function listed(env: Env, name: string): string[] {
  return (env[name] ?? '').split(',').filter(Boolean)
}

/** Nothing else proves a message to these, so a path that could be guessed is none. */
function pathsOf(env: Env, { set, name }: { set: string; name: string }): string[] {
  const paths = listed(env, name)
  if (paths.length === 0 || !paths.every((path) => /^[\w-]{16,}$/.test(path)))
    throw new RangeError(
      `${set} is set, so ${name} is needed too: the secret part of the addresses, at least 16 letters, digits, dashes or underscores.`,
    )
  return paths
}

/** What the simulator is told to play them. Shape: prices in minor units. */
type Played = {
  readonly swreg: {
    readonly shopId: string
    readonly path: string
    readonly refundSecurity: string
    readonly salesAddress: string
    readonly password: string
    readonly products: Readonly<Record<string, { readonly minor: number; readonly leastMinor: number }>>
  }
  readonly regnow: {
    readonly vendorId: string
    readonly path: string
    readonly items: Readonly<Record<string, number>>
  }
}

/** How an example plays them: what the shop is set up with, and what its simulator is told. Shape: `url` is the simulator's origin. */
export function playLinked(
  catalogue: Pick<Catalogue, 'products'> | undefined,
  url: string,
): { readonly processors: Required<Linked>; readonly sim: Played } {
  const offers = catalogue?.products.flatMap((product) => product.offers) ?? []
  const ids = offers.map(({ id }) => id)
  const [shop, vendor, path] = ['128442', '29237', newToken()]
  const [refundSecurity, salesAddress, password] = [newToken(), 'sales@vendor.example', newToken()]
  const price = new Map(offers.map(({ id, grossMinor }) => [id, grossMinor]))
  const priced = (names: ReadonlyMap<string, string>): [string, number][] =>
    [...names].map(([id, name]) => [name, price.get(id) ?? 0])
  const products = priced(productCodes({ shop }, ids)).map(
    ([code, minor]) => [code, { minor, leastMinor: 100 }] as const,
  )
  const security = [refundSecurity, salesAddress]
  return {
    processors: {
      swreg: { shop, page: `${url}/swreg/{currency}/cgi-bin/s.cgi`, secretPaths: [path], refundSecurity: security },
      regnow: { vendor, page: `${url}/softsell/nph-softsell.cgi`, secretPaths: [path] },
    },
    sim: {
      swreg: {
        shopId: shop,
        path,
        refundSecurity,
        salesAddress,
        password,
        products: Object.fromEntries(products),
      },
      regnow: { vendorId: vendor, path, items: Object.fromEntries(priced(itemsOf({ vendor }, ids))) },
    },
  }
}
