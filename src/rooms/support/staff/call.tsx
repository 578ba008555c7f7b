import { Hono, type Context } from 'hono'
import { clockOf, keptText } from '../../../policy/index.ts'
import {
  Btn,
  ErrorSummary,
  Fields,
  fill,
  formOf,
  Link,
  Notice,
  PostForm,
  Sheet,
  type AtDesk,
  aria,
  Wrong,
} from '../../../web/index.ts'
import { arrive } from '../cases/arrive.ts'
import type { SupportContext } from '../context.ts'
import { callForm, purposesOn } from '../form.ts'
import type { TicketPurpose } from '../tables.ts'
import { en } from '../words.ts'
import { CASES } from './atTicket.ts'

const CALL = `${CASES}/call`

/** A call, written down by staff while they talk: what is said about the data is read out first. Source: promise told-first. */
export function callRoutes(ctx: SupportContext): Hono {
  return new Hono()
    .get(CALL, (c) => ctx.desk.at(c, (at) => showCall(ctx, c, { at, purpose: purposesOn(ctx.policy)[0] })))
    .get(`${CALL}/:purpose`, (c) => ctx.desk.at(c, (at) => showCall(ctx, c, { at, purpose: purposeIn(ctx, c) })))
    .post(`${CALL}/:purpose`, (c) => ctx.desk.at(c, (at) => takeCall(ctx, c, { at, purpose: purposeIn(ctx, c) })))
}

function purposeIn(ctx: SupportContext, c: Context): TicketPurpose | undefined {
  return purposesOn(ctx.policy).find((purpose) => purpose === c.req.param('purpose'))
}

type Shown = {
  readonly at: AtDesk
  readonly purpose: TicketPurpose | undefined
  readonly values?: Readonly<Record<string, string | undefined>>
  readonly errors?: Readonly<Record<string, string>>
  readonly told?: boolean
}

async function showCall(ctx: SupportContext, c: Context, shown: Shown): Promise<Response> {
  const { purpose, ...rest } = shown
  if (!purpose) return c.redirect(CASES, 303)
  return c.html(<CallPage ctx={ctx} purpose={purpose} {...rest} />, shown.errors ? 422 : 200)
}

async function takeCall(ctx: SupportContext, c: Context, { at, purpose }: Shown): Promise<Response> {
  if (!purpose) return c.redirect(CASES, 303)
  const notice = ctx.web.policyVersion()
  const told = formOf(c)['told'] === 'yes'
  const filled = fill(callForm(ctx.policy, purpose), formOf(c), { notice, also: ['told'] })
  const values = filled.ok ? filled.value : filled.values
  const errors = { ...(filled.ok ? {} : filled.errors), ...(told ? {} : { told: en.callToldWrong }) }
  if (!filled.ok || !told) return showCall(ctx, c, { at, purpose, values, errors, told })
  const { email, name, telephone, message = '' } = filled.value
  const said = { email, name, telephone, head: { subject: '' }, text: message }
  const confirm = email !== undefined && ctx.mayMail(email)
  const arrival = { purpose, channel: 'telephone', notice, confirm, staff: at.staff.id, ...said } as const
  const done = await arrive(ctx, arrival)
  return c.redirect(done.outcome === 'taken' ? `${CASES}/${done.number}` : CASES, 303)
}

type PageProps = Omit<Shown, 'purpose'> & { readonly ctx: SupportContext; readonly purpose: TicketPurpose }

function CallPage({ ctx, at, purpose, values = {}, errors = {}, told = false }: PageProps) {
  const sentence = ctx.policy.purposes[purpose]?.sentence.en ?? ''
  return (
    <ctx.desk.Page at={at} title={en.callTitle} here={CASES} may={en.may} purpose={purpose}>
      <ErrorSummary errors={errors} />
      <h1>{en.callTitle}</h1>
      <nav class="row" aria-label={en.callWhat}>
        {purposesOn(ctx.policy).map((one) => (
          <Link href={`${CALL}/${one}`} current={one === purpose}>
            {en.choices[one].link}
          </Link>
        ))}
      </nav>
      <Sheet id="call" title={en.purpose[purpose]}>
        <p>{en.callRead}</p>
        <Notice kind="wait">
          <p>{en.callSentence(sentence, keptText(clockOf(ctx.policy, purpose)))}</p>
        </Notice>
        <PostForm web={ctx.web} action={`${CALL}/${purpose}`} class="stack g5 narrow">
          <Told told={told} error={errors['told']} />
          <Fields
            notice={ctx.web.policyVersion()}
            form={callForm(ctx.policy, purpose)}
            values={values}
            errors={errors}
          />
          <Btn>{en.callButton}</Btn>
        </PostForm>
      </Sheet>
    </ctx.desk.Page>
  )
}

function Told({ told, error }: { told: boolean; error: string | undefined }) {
  return (
    <div class={error ? 'field wrong' : 'field'}>
      <Wrong id="told" error={error} />
      <label class="choice">
        <input type="checkbox" id="f-told" name="told" value="yes" checked={told} {...aria('told', error)} />
        <span>{en.callTold}</span>
      </label>
    </div>
  )
}
