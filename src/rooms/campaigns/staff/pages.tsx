import type { Context } from 'hono'
import type { Child } from 'hono/jsx'
import {
  Btn,
  Choices,
  ErrorSummary,
  Link,
  LinkBtn,
  Notice,
  PostForm,
  Sheet,
  Table,
  type AtDesk,
  aria,
  Typed,
} from '../../../web/index.ts'
import { purposeOf, type CampaignContext } from '../context.ts'
import { channelsOn } from '../news/pages.tsx'
import type { Campaign } from '../queries.ts'
import type { Audience, LeftOut } from '../send/audience.ts'
import { emptyDraft, type TypedDraft } from './draft.ts'
import { Pick } from './inputs.tsx'
import { counted, en } from './words.ts'

/** Where the desk's campaigns are. */
export const deskPath = '/desk/campaigns'

/** Where one campaign is worked on. */
export const pathOf = ({ id }: { readonly id: string }): string => `${deskPath}/${id}`

/** What a request about one campaign is. */
export type Work = { readonly c: Context; readonly at: AtDesk; readonly campaign: Campaign }

/** What every page of the desk is made of. */
export type DeskProps = { readonly ctx: CampaignContext; readonly at: AtDesk }

type FrameProps = DeskProps & { title: string; channel?: Campaign['channel']; children?: Child }

/** The frame of every campaign page of the desk. */
export function Frame({ ctx, at, title, channel = 'mail', children }: FrameProps) {
  const on = channelsOn(ctx)
  // A draft may be older than the policy that switched its channel off.
  const shown = on.includes(channel) ? channel : on[0]
  return (
    <ctx.desk.Page at={at} title={title} here={deskPath} may={en.may} {...(shown && { purpose: purposeOf[shown] })}>
      <h1>{title}</h1>
      {children}
    </ctx.desk.Page>
  )
}

type Wrong = { typed?: TypedDraft; errors?: Readonly<Record<string, string>> }

/** All campaigns, and a new one. */
export function ListPage({ ctx, at, all, typed, errors }: DeskProps & Wrong & { all: readonly Campaign[] }) {
  const rows = all.map((one) => [
    <Link href={pathOf(one)}>{one.heading}</Link>,
    en.way[one.channel],
    en.states[one.state],
    one.startedAt ? ctx.web.dates.minute(one.startedAt) : en.notStarted,
  ])
  return (
    <Frame ctx={ctx} at={at} title={en.title}>
      <ErrorSummary errors={errors} />
      <p class="lede">{en.lede}</p>
      {rows.length > 0 ? <Table label={en.title} head={en.head} rows={rows} /> : <p>{en.none}</p>}
      <Sheet id="new" title={en.newTitle}>
        <DraftForm ctx={ctx} action={deskPath} typed={typed ?? emptyDraft} errors={errors ?? {}} />
      </Sheet>
      <p>
        <LinkBtn weight="quiet" href={`${deskPath}/import`}>
          {en.importLink}
        </LinkBtn>
      </p>
    </Frame>
  )
}

type DraftProps = {
  ctx: CampaignContext
  action: string
  typed: TypedDraft
  errors: Readonly<Record<string, string>>
  /** What else can be done with what was typed, once it is saved. */
  children?: Child
}

function DraftForm({ ctx, action, typed, errors, children }: DraftProps) {
  const { heading, words } = errors
  return (
    <PostForm web={ctx.web} action={action} class="stack g5">
      <Choices
        name="channel"
        legend={en.channel}
        choices={channelsOn(ctx).map((value) => ({ value, label: en.way[value] }))}
        chosen={typed.channel}
        error={errors['channel']}
      />
      <Typed id="heading" label={en.heading} error={heading}>
        <input id="f-heading" name="heading" value={typed.heading} autocomplete="off" {...aria('heading', heading)} />
      </Typed>
      <Typed id="words" label={en.words} hint={en.wordsHint} error={words}>
        <textarea id="f-words" name="words" rows={10} {...aria('words', words, true)}>
          {typed.words}
        </textarea>
      </Typed>
      <Typed id="product" label={en.product} hint={en.productHint}>
        <Pick
          name="product"
          chosen={typed.product}
          nothing={en.anyProduct}
          options={ctx.products.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Typed>
      <Typed id="country" label={en.country} hint={en.countryHint}>
        <Pick
          name="country"
          chosen={typed.country}
          nothing={en.anyCountry}
          options={ctx.countries.map(({ code, name }) => ({ value: code, label: name }))}
        />
      </Typed>
      {children ? <p>{en.startLede}</p> : null}
      <div class="row">
        <Btn weight="quiet">{en.save}</Btn>
        {children}
      </div>
    </PostForm>
  )
}

type DraftPageProps = DeskProps &
  Wrong & {
    campaign: Campaign
    audience: Audience
    tested?: boolean
    /** Whether the audience was counted in its country. */
    counted?: boolean
  }

/** A draft: its words, who would get it, a test, and starting it. */
export function DraftPage({ ctx, at, campaign, audience, typed, errors, ...done }: DraftPageProps) {
  const path = pathOf(campaign)
  const country = countryOf(ctx, campaign)
  return (
    <Frame ctx={ctx} at={at} title={campaign.heading} channel={campaign.channel}>
      <ErrorSummary errors={errors} />
      {done.tested ? <Notice>{en.tested}</Notice> : null}
      <DraftForm ctx={ctx} action={path} typed={typed ?? typedOf(campaign)} errors={errors ?? {}}>
        {campaign.channel === 'mail' ? (
          <Btn weight="quiet" name="do" value="test">
            {en.test(ctx.policy.contact.email)}
          </Btn>
        ) : null}
        {country ? (
          <Btn weight="quiet" name="do" value="count">
            {en.countThere(country)}
          </Btn>
        ) : null}
        <Btn name="do" value="start">
          {en.start}
        </Btn>
      </DraftForm>
      <Sheet id="audience" title={en.audience}>
        <AudienceTable audience={audience} uncounted={done.counted ? undefined : country} />
      </Sheet>
      <PostForm web={ctx.web} action={`${path}/drop`}>
        <Btn weight="danger">{en.drop}</Btn>
      </PostForm>
    </Frame>
  )
}

function typedOf({ channel, heading, words, onlyProduct, onlyIn }: Campaign): TypedDraft {
  return { channel, heading, words, product: onlyProduct ?? '', country: onlyIn ?? '' }
}

/** The country for which a campaign is alone meant, by its name. */
function countryOf({ countries }: Pick<CampaignContext, 'countries'>, { onlyIn }: Campaign): string | undefined {
  return onlyIn === null ? undefined : (countries.find(({ code }) => code === onlyIn)?.name ?? onlyIn)
}

/** Shape: `uncounted` is the country in which nobody was counted yet. */
type AudienceProps = { audience: Audience; uncounted: string | undefined }

/** How many, and how many are left out for which reason; never who. */
function AudienceTable({ audience, uncounted }: AudienceProps) {
  const reasons = Object.entries(audience.leftOut) as [LeftOut, number][]
  const rows = reasons.map(([reason, count]) => [en.reasons[reason], counted(count)])
  return (
    <>
      <p>
        <strong>{counted(audience.chosen)}</strong> {uncounted ? en.wherever : en.chosen}
      </p>
      {uncounted ? <p>{en.onlyThere(uncounted)}</p> : null}
      {rows.length > 0 ? <Table label={en.leftOut} head={[en.reason, en.people]} rows={rows} right={[1]} /> : null}
    </>
  )
}
