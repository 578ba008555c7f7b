import {
  Btn,
  Choices,
  Figures,
  Link,
  LinkBtn,
  Notice,
  Part,
  PostForm,
  Sheet,
  Table,
  type AtDesk,
  aria,
  Typed,
} from '../../../web/index.ts'
import { hashToken } from '../../../lib/index.ts'
import type { SurveysContext } from '../context.ts'
import { fileJson } from '../form/definition.ts'
import type { Survey } from '../queries.ts'
import { FEWEST } from '../results/hide.ts'
import { DraftForm } from './draftForm.tsx'
import { terms } from './publish.ts'
import { typedFrom, type TypedDraft } from './readDraft.ts'
import { en } from './words.ts'

/** Where the desk's surveys are. */
export const deskPath = '/desk/surveys'

/** Where one survey is worked on. */
export const pathOf = ({ id }: Pick<Survey, 'id'>): string => `${deskPath}/${id}`

type Props = { ctx: SurveysContext; at: AtDesk }

/** The frame of every survey page of the desk. */
export function Frame({ ctx, at, title, children }: Props & { title: string; children?: unknown }) {
  return (
    <ctx.desk.Page at={at} title={title} here={deskPath} may={en.may} purpose="survey">
      <h1>{title}</h1>
      {children as never}
    </ctx.desk.Page>
  )
}

type ListProps = Props & {
  all: readonly Survey[]
  title?: string
  file?: string
  errors?: { title?: string; file?: string }
}

/** All surveys, and two ways to a new one. */
export function ListPage({ ctx, at, all, title = '', file = '', errors = {} }: ListProps) {
  const rows = all.map((survey) => [
    <Link href={pathOf(survey)}>{survey.definition.title}</Link>,
    en.standing[survey.standing],
    survey.mode ? en.mode[survey.mode] : en.undecided,
    survey.endsAt ? ctx.web.dates.day(survey.endsAt) : en.notPublished,
  ])
  return (
    <Frame ctx={ctx} at={at} title={en.title}>
      <p class="lede">{en.lede}</p>
      {rows.length > 0 ? <Table label={en.table} head={en.head} rows={rows} /> : <p>{en.none}</p>}
      <Sheet id="new" title={en.newTitle}>
        <PostForm web={ctx.web} action={deskPath} class="stack g5">
          <Typed id="title" label={en.newField} error={errors.title}>
            <input id="f-title" name="title" value={title} {...aria('title', errors.title)} />
          </Typed>
          <Btn>{en.newButton}</Btn>
        </PostForm>
      </Sheet>
      <Sheet id="import" title={en.importTitle}>
        <PostForm web={ctx.web} action={`${deskPath}/import`} class="stack g5">
          <Typed id="file" label={en.importField} hint={en.importHint} error={errors.file}>
            <textarea id="f-file" name="file" rows={6} {...aria('file', errors.file, true)}>
              {file}
            </textarea>
          </Typed>
          <Btn weight="quiet">{en.importButton}</Btn>
        </PostForm>
      </Sheet>
    </Frame>
  )
}

type DraftProps = Props & {
  survey: Survey
  typed?: TypedDraft
  errors?: Readonly<Record<string, string>>
  wrong?: string | undefined
}

/** A draft: its questions, and publishing it. */
export function DraftPage({ ctx, at, survey, typed, errors = {}, wrong }: DraftProps) {
  const path = pathOf(survey)
  return (
    <Frame ctx={ctx} at={at} title={en.draftTitle(survey.definition.title)}>
      {wrong ? <Notice kind="wait">{wrong}</Notice> : null}
      <DraftForm ctx={ctx} path={path} typed={typed ?? typedFrom(survey.definition)} errors={errors} />
      <Sheet id="publish" title={en.publishTitle}>
        <p>{en.publishLede}</p>
        {survey.definition.questions.length > 0 ? <PublishForm ctx={ctx} survey={survey} /> : <p>{en.noQuestions}</p>}
      </Sheet>
      <div class="row">
        <LinkBtn weight="quiet" href={`${path}/questions.json`}>
          {en.download}
        </LinkBtn>
        <PostForm web={ctx.web} action={`${path}/discard`}>
          <Btn weight="danger">{en.discard}</Btn>
        </PostForm>
      </div>
    </Frame>
  )
}

/** Says which draft a page showed, so that no other is published with it. Shape: 22 characters of base64url. */
export function seenMark({ definition }: Survey): string {
  return hashToken(fileJson(definition)).toString('base64url').slice(0, 22)
}

function PublishForm({ ctx, survey }: { ctx: SurveysContext; survey: Survey }) {
  const modes = (['anonymous', 'named'] as const).map((value) => ({ value, ...en.modes[value] }))
  return (
    <PostForm web={ctx.web} action={`${pathOf(survey)}/publish`} class="stack g5">
      <input type="hidden" name="seen" value={seenMark(survey)} />
      <Choices name="mode" legend={en.modeField} choices={modes} />
      <Choices
        name="term"
        legend={en.termField}
        choices={terms.map((value) => ({ value, label: en.terms[value] }))}
        chosen="P14D"
      />
      <Btn>{en.publish}</Btn>
    </PostForm>
  )
}

type OpenProps = Props & {
  survey: Survey
  answers: number
  invitations: number
  done?: string | undefined
}

/** An open survey: its link, invitations, how many answered, and its end. */
export function OpenPage({ ctx, at, survey, answers, invitations, done }: OpenProps) {
  const path = pathOf(survey)
  const some = Math.floor(answers / FEWEST) * FEWEST
  const figures = [
    { value: some === 0 ? en.fewerThanFive : en.atLeast(some), label: en.answersSoFar },
    { value: String(invitations), label: en.invitations },
  ]
  return (
    <Frame ctx={ctx} at={at} title={survey.definition.title}>
      {done ? <Notice>{done}</Notice> : null}
      <p class="lede">
        {survey.mode ? en.modes[survey.mode].note : ''}{' '}
        {survey.endsAt ? en.openUntil(ctx.web.dates.minute(survey.endsAt)) : ''}
      </p>
      <Figures items={figures} />
      <p class="small muted">{en.whyRounded}</p>
      <p>
        {en.openLink} <Link href={`/surveys/${survey.slug}`}>{`${ctx.web.baseUrl}/surveys/${survey.slug}`}</Link>
      </p>
      <Sheet id="invite" title={en.inviteTitle}>
        <p>{en.inviteLede}</p>
        <PostForm web={ctx.web} action={`${path}/invite`} class="stack g5">
          <Typed id="product" label={en.inviteField}>
            <select id="f-product" name="product">
              {ctx.products.map(({ id, name }) => (
                <option value={id}>{name}</option>
              ))}
            </select>
          </Typed>
          <Btn>{en.invite}</Btn>
        </PostForm>
      </Sheet>
      <EndPart ctx={ctx} survey={survey} />
    </Frame>
  )
}

function EndPart({ ctx, survey }: { ctx: SurveysContext; survey: Survey }) {
  const path = pathOf(survey)
  return (
    <Part id="end" title={en.close}>
      <p>{en.closeNote}</p>
      <div class="row">
        <PostForm web={ctx.web} action={`${path}/close`}>
          <Btn weight="quiet">{en.close}</Btn>
        </PostForm>
        {survey.mode === 'named' ? (
          <LinkBtn weight="quiet" href={`${path}/answers`}>
            {en.namedLink}
          </LinkBtn>
        ) : null}
        <LinkBtn weight="quiet" href={`${path}/questions.json`}>
          {en.download}
        </LinkBtn>
        <CallOff ctx={ctx} survey={survey} />
      </div>
    </Part>
  )
}

/** Calls a survey off. */
export function CallOff({ ctx, survey }: { ctx: SurveysContext; survey: Survey }) {
  return (
    <PostForm web={ctx.web} action={`${pathOf(survey)}/call-off`}>
      <Btn weight="danger">{en.callOff}</Btn>
    </PostForm>
  )
}

/** A survey that was called off. */
export function CalledOffPage({ ctx, at, survey }: Props & { survey: Survey }) {
  return (
    <Frame ctx={ctx} at={at} title={survey.definition.title}>
      <p class="lede">{en.calledOff}</p>
      <p>
        <LinkBtn weight="quiet" href={`${pathOf(survey)}/questions.json`}>
          {en.download}
        </LinkBtn>
      </p>
    </Frame>
  )
}
