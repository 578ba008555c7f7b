import type { Progress } from '../../../core/orders/index.ts'
import { formatMoney, type Money } from '../../../lib/index.ts'
import { recipientName } from '../../../policy/index.ts'
import {
  aria,
  Btn,
  Choices,
  ErrorSummary,
  Figures,
  LinkBtn,
  Notice,
  PostForm,
  Sheet,
  Typed,
  type AtDesk,
} from '../../../web/index.ts'
import type { StaffContext } from '../context.ts'
import { en } from '../words.ts'

/** Where the owner pays everybody back. */
export const incidentPath = '/desk/incident'

type Props = { readonly ctx: StaffContext; readonly desk: AtDesk }

/** What was chosen. Shape: `day` as `YYYY-MM-DD`, in the vendor's calendar. */
export type Chosen = { readonly processor: string; readonly day: string }

const words = en.incident

/** For whoever else comes here. */
export function NotOwnerPage({ ctx, desk }: Props) {
  return (
    <ctx.desk.Page at={desk} title={words.title} here="/desk/orders">
      <h1>{words.title}</h1>
      <p class="lede">{words.notOwner}</p>
    </ctx.desk.Page>
  )
}

type FormProps = Props & {
  readonly processors: readonly string[]
  readonly typed?: Chosen | undefined
  readonly errors?: Readonly<Record<string, string>> | undefined
}

/** Choosing a processor that fails, and since when. */
export function IncidentPage({ ctx, desk, processors, typed, errors }: FormProps) {
  return (
    <ctx.desk.Page at={desk} title={words.title} here="/desk/orders">
      <h1>{words.title}</h1>
      <ErrorSummary errors={errors} />
      <p class="lede">{words.lede}</p>
      {processors.length === 0 ? (
        <p>{words.nobody}</p>
      ) : (
        <PostForm web={ctx.web} action={incidentPath} class="stack g5 narrow">
          <Choices
            name="processor"
            legend={words.which}
            choices={processors.map((value) => ({ value, label: recipientName(ctx.policy, value) }))}
            chosen={typed?.processor ?? ''}
            error={errors?.['processor']}
          />
          <Typed id="since" label={words.since} hint={words.sinceHint} error={errors?.['since']}>
            <input
              id="f-since"
              name="since"
              type="date"
              value={typed?.day}
              autocomplete="off"
              {...aria('since', errors?.['since'], true)}
            />
          </Typed>
          <Btn>{words.look}</Btn>
        </PostForm>
      )}
    </ctx.desk.Page>
  )
}

type CountProps = Props & {
  readonly chosen: Chosen
  readonly from: Date
  readonly count: { readonly orders: number; readonly money: readonly Money[] }
}

/** How much it would be, and the button that does it. */
export function ConfirmPage({ ctx, desk, chosen, from, count }: CountProps) {
  const who = recipientName(ctx.policy, chosen.processor)
  return (
    <ctx.desk.Page at={desk} title={words.title} here="/desk/orders">
      <h1>{words.title}</h1>
      <p class="lede">{words.about(who, ctx.web.dates.day(from))}</p>
      {count.orders === 0 ? (
        <Notice kind="wait">{words.nothing}</Notice>
      ) : (
        <>
          <Notice kind="harm">{words.much(count.orders, count.money.map(formatMoney).join(', '))}</Notice>
          <p>{words.kept}</p>
          <PostForm web={ctx.web} action={incidentPath}>
            <input type="hidden" name="processor" value={chosen.processor} />
            <input type="hidden" name="since" value={chosen.day} />
            <Btn weight="danger" name="do" value="start">
              {words.start}
            </Btn>
          </PostForm>
        </>
      )}
      <p>
        <LinkBtn weight="quiet" href={incidentPath}>
          {words.another}
        </LinkBtn>
      </p>
    </ctx.desk.Page>
  )
}

type ProgressProps = Props & { readonly chosen: Chosen; readonly from: Date; readonly progress: Progress }

/** How far it has come. */
export function ProgressPage({ ctx, desk, chosen, from, progress }: ProgressProps) {
  const { asked, done, failed, byHand, looking } = progress
  const items = [
    { value: String(asked), label: words.asked },
    { value: String(done), label: words.done },
    { value: String(failed), label: words.failed },
    { value: String(byHand), label: words.byHand },
  ]
  return (
    <ctx.desk.Page at={desk} title={words.title} here="/desk/orders">
      <h1>{words.title}</h1>
      <p class="lede">{words.about(recipientName(ctx.policy, chosen.processor), ctx.web.dates.day(from))}</p>
      <Sheet id="progress" title={words.progress}>
        <Figures items={items} />
        <p>{looking > 0 ? words.looking(looking) : words.allAsked}</p>
        {failed > 0 ? <p>{words.again}</p> : null}
        <p>
          <LinkBtn weight="quiet" href={`${incidentPath}/${chosen.processor}/${chosen.day}`}>
            {words.refresh}
          </LinkBtn>
        </p>
      </Sheet>
    </ctx.desk.Page>
  )
}
