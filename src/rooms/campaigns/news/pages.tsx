import type { Channel } from '../../../contact/index.ts'
import { formFor, isOn } from '../../../policy/index.ts'
import { Btn, ErrorSummary, Fields, LinkBtn, Page, PostForm, SayPage } from '../../../web/index.ts'
import { channels, purposeOf, type CampaignContext } from '../context.ts'
import { wordsOf } from './ask.ts'
import { en } from './words.ts'

/** The channels on which this shop sends news. */
export function channelsOn(ctx: Pick<CampaignContext, 'policy'>): Channel[] {
  return channels.filter((channel) => isOn(ctx.policy, purposeOf[channel]))
}

type Props = { ctx: CampaignContext }

/** The ways to get news, each with what it means. */
export function NewsPage({ ctx }: Props) {
  const ways = channelsOn(ctx)
  return (
    <Page web={ctx.web} title={en.title} description={en.lede}>
      <div class="stack">
        <h1>{en.title}</h1>
        <p class="lede">{ways.length > 0 ? en.lede : en.off}</p>
      </div>
      {ways.map((channel) => (
        <section class="stack g3" aria-labelledby={`way-${channel}`}>
          <h2 id={`way-${channel}`}>{en.ways[channel]}</h2>
          <p>{en.wayLede[channel]}</p>
          <p>
            <LinkBtn weight="quiet" href={`/news/${channel}`}>
              {en.ways[channel]}
            </LinkBtn>
          </p>
        </section>
      ))}
    </Page>
  )
}

type AskProps = Props & {
  channel: Channel
  values?: Readonly<Record<string, string | undefined>>
  errors?: Readonly<Record<string, string>>
  agreed?: boolean
}

/** The form of one channel: its own fields and its own tick, which nobody has set beforehand. */
export function AskPage({ ctx, channel, values = {}, errors = {}, agreed = false }: AskProps) {
  const form = formFor(ctx.policy, [purposeOf[channel]])
  const wrong = errors['agree']
  return (
    <Page web={ctx.web} title={en.ways[channel]} wrong={Object.keys(errors).length > 0} description={en.lede}>
      <ErrorSummary errors={errors} />
      <div class="stack">
        <h1>{en.ways[channel]}</h1>
        <p class="lede">{en.wayLede[channel]}</p>
      </div>
      <PostForm web={ctx.web} action={`/news/${channel}`} class="stack g5 narrow">
        <Fields
          notice={ctx.web.policyVersion()}
          form={form}
          values={values}
          errors={errors}
          countries={ctx.countries}
        />
        <div class={wrong ? 'choices wrong' : 'choices'}>
          {wrong ? (
            <p class="error" id="e-agree">
              {wrong}
            </p>
          ) : null}
          <label class="choice" for="f-agree">
            <input
              type="checkbox"
              id="f-agree"
              name="agree"
              value="yes"
              checked={agreed}
              aria-describedby={wrong ? 'e-agree' : undefined}
            />
            <span>{wordsOf(ctx, channel)}</span>
          </label>
        </div>
        <div class="row">
          <Btn>{en.button}</Btn>
          <LinkBtn weight="quiet" href="/news">
            {en.choose}
          </LinkBtn>
        </div>
      </PostForm>
    </Page>
  )
}

type ButtonProps = Props & { title: string; text: string; button: string; action: string }

/** A page of a mailed link: nothing happens before its button is pressed. */
export function ButtonPage({ ctx, button, action, ...said }: ButtonProps) {
  return (
    <SayPage web={ctx.web} {...said}>
      <PostForm web={ctx.web} action={action}>
        <Btn>{button}</Btn>
      </PostForm>
    </SayPage>
  )
}
