import type { FormField } from '../../../policy/index.ts'
import {
  Btn,
  Choices,
  ErrorSummary,
  Fields,
  Link,
  Notice,
  Part,
  PostForm,
  Sheet,
  Table,
  aria,
  Typed,
  choicesOf,
} from '../../../web/index.ts'
import type { AtDesk } from '../../../web/index.ts'
import type { RequestContext } from './context.ts'
import type { PrivacyRequest } from './queries.ts'
import { en } from './words.ts'

/** Where the desk's pages about requests are. */
export const REQUESTS = '/desk/requests'

type ListProps = {
  readonly ctx: RequestContext
  readonly at: AtDesk
  readonly requests: readonly PrivacyRequest[]
  readonly form: readonly FormField[]
  readonly values?: Readonly<Record<string, string | undefined>>
  readonly errors?: Readonly<Record<string, string>>
}

/** Requests that came by letter or telephone, the next due first, and a form for one more. */
export function RequestsPage({ ctx, at, requests, form, values = {}, errors = {} }: ListProps) {
  const { day } = ctx.web.dates
  const rows = requests.map((one) => [
    <Link href={`${REQUESTS}/${one.id}`}>{en.kinds[one.kind]}</Link>,
    en.channels[one.channel],
    day(one.receivedAt),
    day(one.dueAt),
    one.outcome ? en.outcomes[one.outcome] : one.dueAt <= ctx.now() ? en.late : en.open,
  ])
  return (
    <ctx.desk.Page at={at} title={en.title} here={REQUESTS} may={en.may} purpose="rights">
      <ErrorSummary errors={errors} />
      <h1>{en.title}</h1>
      <p>{en.lede}</p>
      {rows.length > 0 ? <Table label={en.table} head={Object.values(en.head)} rows={rows} /> : <p>{en.none}</p>}
      <Sheet id="new" title={en.newTitle}>
        <PostForm web={ctx.web} action={REQUESTS} class="stack g5 narrow">
          <Choices
            name="kind"
            legend={en.kind}
            choices={choicesOf(en.kinds)}
            chosen={values['kind']}
            error={errors['kind']}
          />
          <Choices
            name="channel"
            legend={en.channel}
            choices={choicesOf(en.channels)}
            chosen={values['channel']}
            error={errors['channel']}
          />
          <Received value={values['received']} error={errors['received']} />
          <p class="small muted">{en.newLede}</p>
          <Fields notice={ctx.web.policyVersion()} form={form} values={values} errors={errors} />
          <Btn>{en.openButton}</Btn>
        </PostForm>
      </Sheet>
    </ctx.desk.Page>
  )
}

function Received({ value, error }: { value: string | undefined; error: string | undefined }) {
  return (
    <Typed id="received" label={en.received} error={error}>
      <input type="date" id="f-received" name="received" value={value ?? ''} required {...aria('received', error)} />
    </Typed>
  )
}

type OneProps = {
  readonly ctx: RequestContext
  readonly at: AtDesk
  readonly request: PrivacyRequest
  readonly persons: number
  readonly sent?: boolean
  readonly errors?: Readonly<Record<string, string>>
}

/** One request: its clock, what can be done for it, and its outcome. */
export function RequestPage({ ctx, at, request, persons, sent, errors = {} }: OneProps) {
  const { day } = ctx.web.dates
  const path = `${REQUESTS}/${request.id}`
  const title = en.oneTitle(en.kinds[request.kind])
  return (
    <ctx.desk.Page at={at} title={title} here={REQUESTS} may={en.may} purpose="rights">
      <ErrorSummary errors={errors} />
      <h1>{title}</h1>
      {sent ? <Notice>{en.linkSent}</Notice> : null}
      <p>
        {en.about(en.channels[request.channel], day(request.receivedAt))} {en.due(day(request.dueAt))}{' '}
        {request.extendedBecause ? en.extended(en.reasons[request.extendedBecause]) : ''}
      </p>
      <p>{en.persons(persons)}</p>
      {request.outcome && request.closedAt ? (
        <Notice>{en.closed(en.outcomes[request.outcome], day(request.closedAt))}</Notice>
      ) : (
        <Steps ctx={ctx} path={path} request={request} persons={persons} errors={errors} />
      )}
    </ctx.desk.Page>
  )
}

type StepsProps = Omit<OneProps, 'at' | 'sent'> & { readonly path: string }

function Steps({ ctx, path, request, persons, errors = {} }: StepsProps) {
  return (
    <>
      {persons > 0 ? (
        <Part id="link" title={en.linkTitle}>
          <p>{en.linkLede}</p>
          <PostForm web={ctx.web} action={`${path}/link`}>
            <Btn>{en.link}</Btn>
          </PostForm>
        </Part>
      ) : null}
      {persons > 0 && request.kind === 'erasure' ? (
        <Part id="erase" title={en.eraseTitle}>
          <p>{en.eraseLede}</p>
          <PostForm web={ctx.web} action={`${path}/erase`}>
            <Btn weight="danger">{en.erase}</Btn>
          </PostForm>
        </Part>
      ) : null}
      {request.extendedAt ? null : (
        <Part id="extend" title={en.extendTitle}>
          <p>{en.extendLede}</p>
          <PostForm web={ctx.web} action={`${path}/extend`} class="stack g3 narrow">
            <Choices name="because" legend={en.extendTitle} choices={choicesOf(en.reasons)} error={errors['because']} />
            <Btn weight="quiet">{en.extend}</Btn>
          </PostForm>
        </Part>
      )}
      <Part id="close" title={en.closeTitle}>
        <PostForm web={ctx.web} action={`${path}/close`} class="stack g3 narrow">
          <Choices name="outcome" legend={en.closeTitle} choices={choicesOf(en.outcomes)} error={errors['outcome']} />
          <Btn weight="quiet">{en.close}</Btn>
        </PostForm>
      </Part>
    </>
  )
}
