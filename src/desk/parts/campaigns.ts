import { ownersOf, type LicenceTables } from '../../core/licences/index.ts'
import {
  campaignRail,
  campaignRoutes,
  campaignsKept,
  draw,
  dropPending,
  feed,
  hasNews,
  newsHeld,
  newsConfirmMail,
  newsMail,
  newsTestMail,
  type CampaignContext,
} from '../../rooms/campaigns/index.ts'
import { normalise } from '../../vault/index.ts'
import { addressOf } from '../../web/index.ts'
import type { Joined, Part } from '../part.ts'

/** News and campaigns: their pages, their mails, and what was asked for and never confirmed. */
export function campaignsPart(joined: Joined): Part {
  const ctx = contextOf(joined)
  return {
    routes: campaignRoutes(ctx),
    ...(hasNews(ctx) && { pages: ['news'] as const, rail: campaignRail }),
    composers: { newsConfirm: newsConfirmMail(ctx), news: newsMail(ctx), newsTest: newsTestMail(ctx) },
    handlers: {
      'campaigns.draw': (ids) => draw(ctx, String(ids['campaign'])),
      'campaigns.feed': (ids) =>
        feed(ctx, { id: String(ids['campaign']), round: Number(ids['round']), turn: Number(ids['turn']) }),
    },
    held: (person) => newsHeld(ctx, person),
    probes: { campaigns: () => campaignsKept(ctx) },
    inbound: ['/u/*'],
    hourly: async () => void (await dropPending(ctx)),
  }
}

function contextOf({
  engine,
  web,
  desk,
  now,
  policy,
  vault,
  contact,
  orders,
  trustedProxies = 0,
}: Joined): CampaignContext {
  return {
    db: engine.for(),
    links: engine.for(),
    web,
    desk,
    now,
    policy,
    vault,
    contact,
    products: orders.catalogue.products,
    countries: orders.catalogue.countries,
    owners: (product) => ownersOf(engine.for<LicenceTables>().query, product),
    mayAsk: (c) => web.limits.take('newsForm', addressOf(c, trustedProxies)),
    mayMail: (email) => web.limits.take('linkMail', normalise('email', email)),
    kick: orders.kick,
  }
}
