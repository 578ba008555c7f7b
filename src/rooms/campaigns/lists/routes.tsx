import { Hono, type Context } from 'hono'
import type { Channel } from '../../../contact/index.ts'
import { formOf, type AtDesk } from '../../../web/index.ts'
import type { CampaignContext } from '../context.ts'
import { channelsOn } from '../news/pages.tsx'
import { textIn } from '../staff/draft.ts'
import { ImportPage, type Shown } from './page.tsx'
import { readList } from './rows.ts'
import { deskPath } from '../staff/pages.tsx'
import { sortList, takeIn } from './takeIn.ts'
import { en } from '../staff/words.ts'

/** Taking in a list of people who said yes elsewhere. */
export function listRoutes(ctx: CampaignContext): Hono {
  return new Hono()
    .get(`${deskPath}/import`, (c) =>
      ctx.desk.at(c, async (at) => c.html(<ImportPage ctx={ctx} at={at} shown={{ channel: '', list: '' }} />)),
    )
    .post(`${deskPath}/import`, (c) => ctx.desk.at(c, (at) => takeList(ctx, c, at)))
}

/** First it is only looked at and counted; the second button takes in what was counted, read anew. What was typed stays on the page. */
async function takeList(ctx: CampaignContext, c: Context, at: AtDesk): Promise<Response> {
  const form = formOf(c)
  const list = textIn(form, 'list')
  const channel = channelsOn(ctx).find((one) => one === form['channel'])
  const answer = (shown: Shown, status: 200 | 422 = 200): Response | Promise<Response> =>
    c.html(<ImportPage ctx={ctx} at={at} shown={shown} />, status)
  if (!channel) return answer({ channel: '', list, error: en.channelMissing }, 422)
  const sorted = await sortList(ctx, channel as Channel, readList(ctx, channel, list))
  if (form['do'] !== 'take') return answer({ channel, list, sorted })
  const taken = await takeIn(ctx, channel, sorted.fresh)
  return answer({ channel, list: sorted.bad.length > 0 ? list : '', sorted: { ...sorted, fresh: [] }, taken })
}
