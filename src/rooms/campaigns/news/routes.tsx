import { Hono, type Context } from 'hono'
import type { Channel } from '../../../contact/index.ts'
import { formFor } from '../../../policy/index.ts'
import { fill, formOf, LinkBtn, linkPaths, refuse, SayPage } from '../../../web/index.ts'
import { purposeOf, type CampaignContext } from '../context.ts'
import { askForNews, wordsOf } from './ask.ts'
import { askedBy, confirmNews } from './confirm.ts'
import { AskPage, ButtonPage, channelsOn, NewsPage } from './pages.tsx'
import { masked, stopByLink, stoppable } from './sayNo.ts'
import { en } from './words.ts'

/** What visitors and readers see of news: asking for it, confirming it, and stopping it. */
export function newsRoutes(ctx: CampaignContext): Hono {
  return new Hono()
    .get('/news', (c) => c.html(<NewsPage ctx={ctx} />))
    .get('/news/:channel', (c) => withChannel(ctx, c, (channel) => c.html(<AskPage ctx={ctx} channel={channel} />)))
    .post('/news/:channel', (c) => withChannel(ctx, c, (channel) => takeForm(ctx, c, channel)))
    .get('/n/:token', (c) => showConfirm(ctx, c))
    .post('/n/:token', (c) => confirm(ctx, c))
    .get('/u/:token', (c) => showStop(ctx, c))
    .post('/u/:token', (c) => stop(ctx, c))
}

function tokenOf(c: Context): string {
  return c.req.param('token') ?? ''
}

function withChannel(
  ctx: CampaignContext,
  c: Context,
  use: (channel: Channel) => Response | Promise<Response>,
): Response | Promise<Response> {
  const channel = channelsOn(ctx).find((one) => one === c.req.param('channel'))
  return channel ? use(channel) : refuse(c, ctx.web, 404)
}

async function takeForm(ctx: CampaignContext, c: Context, channel: Channel): Promise<Response> {
  if (!ctx.mayAsk(c)) return refuse(c, ctx.web, 429)
  const sent = formOf(c)
  const agreed = sent['agree'] === 'yes'
  const filled = fill(formFor(ctx.policy, [purposeOf[channel]]), sent, {
    notice: ctx.web.policyVersion(),
    also: ['agree'],
    countries: ctx.countries,
  })
  const tick = agreed ? {} : { agree: en.tick }
  if (!filled.ok || !agreed) {
    const shown = filled.ok
      ? { values: filled.value, errors: tick }
      : { ...filled, errors: { ...filled.errors, ...tick } }
    return c.html(
      <AskPage ctx={ctx} channel={channel} agreed={agreed} values={shown.values} errors={shown.errors} />,
      422,
    )
  }
  const words = wordsOf(ctx, channel)
  const { outcome } = await askForNews(ctx, { channel, values: filled.value, words, source: 'form' })
  if (outcome === 'too-often')
    return c.html(
      <AskPage ctx={ctx} channel={channel} agreed values={filled.value} errors={{ form: en.tooOften }} />,
      429,
    )
  const said = outcome === 'mailed' ? { title: en.sentTitle, text: en.sent } : { title: en.notedTitle, text: en.noted }
  return c.html(<SayPage web={ctx.web} {...said} />)
}

function over(ctx: CampaignContext, c: Context): Response | Promise<Response> {
  return c.html(
    <SayPage web={ctx.web} title={en.overTitle} text={en.over}>
      <p>
        <LinkBtn weight="quiet" href="/news">
          {en.again}
        </LinkBtn>
      </p>
    </SayPage>,
    410,
  )
}

async function showConfirm(ctx: CampaignContext, c: Context): Promise<Response> {
  const token = tokenOf(c)
  if (!(await askedBy(ctx, token))) return over(ctx, c)
  const said = { title: en.confirmTitle, text: en.confirmLede, button: en.confirmButton }
  return c.html(<ButtonPage ctx={ctx} {...said} action={linkPaths.news + token} />)
}

async function confirm(ctx: CampaignContext, c: Context): Promise<Response> {
  const confirmed = await confirmNews(ctx, tokenOf(c))
  return confirmed ? c.html(<SayPage web={ctx.web} title={en.confirmedTitle} text={en.confirmed} />) : over(ctx, c)
}

/** The page says to which address, masked, since the mail may have been forwarded. */
async function showStop(ctx: CampaignContext, c: Context): Promise<Response> {
  const token = tokenOf(c)
  const found = await stoppable(ctx, token)
  const look = { purpose: 'campaignMail', fields: ['email'], actor: { role: 'person', id: 'stop-link' } } as const
  const shown = found && (await ctx.vault.reveal({ ...look, person: found.person, for: 'request:stop-link' }))
  const address = shown?.outcome === 'shown' ? shown.values.email : undefined
  if (!found) return dead(ctx, c)
  const text = address ? en.stopFor(masked(address)) : en.stopAny
  return c.html(
    <ButtonPage ctx={ctx} title={en.stopTitle} text={text} button={en.stopButton} action={linkPaths.stop + token} />,
  )
}

/** It stops nothing, and says so: whoever believed it did would get the next mail. */
function dead(ctx: CampaignContext, c: Context): Response | Promise<Response> {
  return c.html(
    <SayPage web={ctx.web} title={en.deadTitle} text={en.dead}>
      <p>
        <LinkBtn weight="quiet" href="/your-data">
          {en.deadButton}
        </LinkBtn>
      </p>
    </SayPage>,
    410,
  )
}

/** One click, from the page or from a mail program: no cookie, no redirect, the same answer however often. Source: RFC 8058. */
async function stop(ctx: CampaignContext, c: Context): Promise<Response> {
  if (!(await stopByLink(ctx, tokenOf(c)))) return dead(ctx, c)
  return c.html(<SayPage web={ctx.web} title={en.stoppedTitle} text={en.stopped} />)
}
