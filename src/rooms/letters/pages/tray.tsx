import {
  Btn,
  Choices,
  ErrorSummary,
  Fields,
  Link,
  Notice,
  PostForm,
  Sheet,
  Table,
  type AtDesk,
} from '../../../web/index.ts'
import type { LettersContext } from '../context.ts'
import { countries } from '../countries.ts'
import { letterForm, type Refused } from '../arrive/form.ts'
import type { LetterRow } from '../queries.ts'
import { en } from '../words.ts'
import { Input } from './input.tsx'

const PATH = '/desk/letters'

type Props = {
  ctx: LettersContext
  at: AtDesk
  waiting: readonly LetterRow[]
  done: readonly LetterRow[]
  refused?: Refused
  missing?: boolean
}

/** Letters that wait, a form for one that came, and those that were dealt with. Nothing of who wrote them. */
export function TrayPage({ ctx, at, waiting, done, refused, missing }: Props) {
  return (
    <ctx.desk.Page at={at} title={en.title} here={PATH} may={en.may} purpose="correspondence">
      <ErrorSummary errors={refused?.errors} />
      <h1>{en.title}</h1>
      <p class="lede">{en.lede}</p>
      <Sheet id="waiting" title={en.waitingTitle}>
        <LetterTable label={en.waitingTitle} rows={waiting} none={en.waitingNone} />
      </Sheet>
      <Sheet id="new" title={en.newTitle}>
        <p>{en.newLede}</p>
        <NewLetter ctx={ctx} refused={refused} />
      </Sheet>
      <Sheet id="done" title={en.doneTitle}>
        <PostForm web={ctx.web} action={`${PATH}/find`} class="search">
          <label class="vh" for="reference">
            {en.findLabel}
          </label>
          <input
            id="reference"
            name="reference"
            type="search"
            class="find"
            placeholder={en.findLabel}
            autocomplete="off"
          />
          <Btn weight="quiet">{en.findButton}</Btn>
        </PostForm>
        {missing ? <Notice kind="wait">{en.notFound}</Notice> : null}
        <LetterTable label={en.doneTitle} rows={done} none={en.doneNone} />
      </Sheet>
    </ctx.desk.Page>
  )
}

function LetterTable({ label, rows, none }: { label: string; rows: readonly LetterRow[]; none: string }) {
  if (rows.length === 0) return <p>{none}</p>
  const cells = rows.map(({ id, cameBy, receivedOn, scan }) => [
    <Link href={`${PATH}/${id}`}>{en.reference(id)}</Link>,
    en.cameBy[cameBy],
    receivedOn,
    scan ? en.scanYes : en.scanNo,
  ])
  return <Table label={label} head={en.head} rows={cells} />
}

function NewLetter({ ctx, refused }: { ctx: LettersContext; refused: Refused | undefined }) {
  const { values = {}, errors = {} } = refused ?? {}
  const today = ctx.dayOf(ctx.now())
  const choices = [
    { value: 'letter', label: en.cameBy.letter },
    { value: 'mail', label: en.cameBy.mail },
  ]
  return (
    <PostForm web={ctx.web} action={PATH} class="stack g5 narrow" files>
      <Choices
        name="cameBy"
        legend={en.cameByLegend}
        choices={choices}
        chosen={values['cameBy']}
        error={errors['cameBy']}
      />
      <Input
        name="receivedOn"
        type="date"
        label={en.receivedLabel}
        why={en.receivedWhy}
        value={values['receivedOn'] ?? today}
        error={errors['receivedOn']}
      />
      <Fields
        notice={ctx.web.policyVersion()}
        form={letterForm(ctx.policy)}
        values={values}
        errors={errors}
        countries={countries}
      />
      <Input name="scan" type="file" label={en.scanLabel} why={en.scanWhy} error={errors['scan']} />
      <Btn>{en.newButton}</Btn>
    </PostForm>
  )
}
