import { Hono } from 'hono'
import type { RailItem } from '../../web/index.ts'
import type { CampaignContext } from './context.ts'
import { deskPath } from './staff/pages.tsx'
import { deskRoutes } from './staff/routes.tsx'
import { channelsOn } from './news/pages.tsx'
import { newsRoutes } from './news/routes.tsx'
import { en } from './words.ts'

/** Whether the vendor sends news on any channel. */
export function hasNews(ctx: Pick<CampaignContext, 'policy'>): boolean {
  return channelsOn(ctx).length > 0
}

/** Every page of news and campaigns. Stopping works even where the vendor has switched all news off: mails with the link are still about. */
export function campaignRoutes(ctx: CampaignContext): Hono {
  const pages = new Hono().route('/', newsRoutes(ctx))
  return hasNews(ctx) ? pages.route('/', deskRoutes(ctx)) : pages
}

/** The entry of the rail. */
export function campaignRail(): Promise<RailItem> {
  return Promise.resolve({ href: deskPath, label: en.rail })
}
