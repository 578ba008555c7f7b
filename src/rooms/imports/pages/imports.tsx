import {
  aria,
  Btn,
  Choices,
  ErrorSummary,
  Notice,
  PostForm,
  Sheet,
  Table,
  Typed,
  type AtDesk,
} from '../../../web/index.ts'
import type { ImportsDeskContext } from '../context.ts'
import { shipped } from '../mappings/shipped.ts'
import type { PastRun } from '../queries.ts'
import { coveredBy, type ColumnReport } from '../read/plan.ts'
import type { WholeReport } from '../run.ts'
import { en, endText, mappingText, rowCells } from '../words.ts'

/** Where reports are taken in, and the one path that takes their files. */
export const IMPORT_PATH = '/desk/imports'

const MOST_SHOWN = 200

/** What the page shows besides its form. Shape: `seen` is the sign of what was tried. */
export type Shown = {
  readonly at: AtDesk
  readonly values?: Readonly<Record<string, string>>
  readonly errors?: Readonly<Record<string, string>>
  readonly report?: WholeReport
  readonly readAs?: string
  readonly seen?: string
}

type Props = Shown & { readonly ctx: ImportsDeskContext; readonly past: readonly PastRun[] }

/** The form for a report, what one came to, and past runs. */
export function ImportsPage({ ctx, at, past, values = {}, errors = {}, report, readAs = '', seen }: Props) {
  const isOwner = at.staff.role === 'owner'
  return (
    <ctx.desk.Page at={at} title={en.title} here={IMPORT_PATH}>
      <ErrorSummary errors={errors} />
      <h1>{en.title}</h1>
      <p class="lede">{en.lede}</p>
      {report ? <ReportPart report={report} readAs={readAs} isTry={seen !== undefined} /> : null}
      {isOwner && seen !== undefined ? <TakePart ctx={ctx} values={values} seen={seen} /> : null}
      {isOwner ? <FormPart ctx={ctx} values={values} errors={errors} /> : <Notice kind="wait">{en.ownerOnly}</Notice>}
      <PastPart ctx={ctx} past={past} />
    </ctx.desk.Page>
  )
}

type Filled = { readonly ctx: ImportsDeskContext; readonly values: Readonly<Record<string, string>> }

function FormPart({ ctx, values, errors }: Filled & { errors: Readonly<Record<string, string>> }) {
  const choices = [
    ...shipped.map((mapping) => ({ value: mapping.id, label: mappingText(mapping) })),
    { value: 'own', label: en.ownMapping },
  ]
  return (
    <Sheet id="form" title={en.formTitle}>
      <p>{en.held(heldFields(ctx))}</p>
      <p>{en.told}</p>
      <PostForm web={ctx.web} action={IMPORT_PATH} class="stack g5 narrow" files>
        <Choices
          name="mapping"
          legend={en.mapping}
          choices={choices}
          chosen={values['mapping']}
          error={errors['mapping']}
        />
        <Typed id="own" label={en.own} hint={en.ownWhy} error={errors['own']}>
          <textarea id="f-own" name="own" rows={6} autocomplete="off" {...aria('own', errors['own'], true)}>
            {values['own']}
          </textarea>
        </Typed>
        <FileField id="file" label={en.file} error={errors['file']} />
        <Btn name="do" value="try">
          {en.dry}
        </Btn>
      </PostForm>
    </Sheet>
  )
}

function heldFields({ policy }: ImportsDeskContext): string {
  return [...coveredBy(policy)].map((field) => policy.fields[field].label.en.toLowerCase()).join(', ')
}

function FileField({ id, label, error }: { id: string; label: string; error: string | undefined }) {
  return (
    <Typed id={id} label={label} hint={en.fileWhy} error={error}>
      <input id={`f-${id}`} name="file" type="file" accept=".csv,.tsv,.txt" {...aria(id, error, true)} />
    </Typed>
  )
}

/** The file is not kept between the try and the taking in; a sign of it is, in the form, so that it must be the same. */
function TakePart({ ctx, values, seen }: Filled & { seen: string }) {
  return (
    <Sheet id="take" title={en.takeTitle}>
      <p>{en.takeLede}</p>
      <PostForm web={ctx.web} action={IMPORT_PATH} class="stack g5 narrow" files>
        <input type="hidden" name="seen" value={seen} />
        <input type="hidden" name="mapping" value={values['mapping']} />
        <input type="hidden" name="own" value={values['own']} />
        <FileField id="again" label={en.again} error={undefined} />
        <Btn name="do" value="take">
          {en.take}
        </Btn>
      </PostForm>
    </Sheet>
  )
}

function ReportPart({ report, readAs, isTry }: { report: WholeReport; readAs: string; isTry: boolean }) {
  const { counts, refused } = report
  const lines = (Object.keys(en.counts) as (keyof typeof en.counts)[]).map((one) => [
    en.counts[one],
    String(counts[one]),
  ])
  return (
    <Sheet id="report" title={isTry ? en.triedTitle : en.doneTitle}>
      <p>{en.readAs(readAs)}</p>
      <Table label={en.countsTable} head={[en.rows, '#']} rows={lines} right={[1]} />
      <Table label={en.columnsTable} head={[en.column, en.became]} rows={columnRows(report.columns)} />
      {refused.length > 0 ? (
        <Table
          label={en.refusedTable}
          head={[en.line, en.column, en.why]}
          rows={refused.slice(0, MOST_SHOWN).map(rowCells)}
        />
      ) : null}
      {refused.length > MOST_SHOWN ? <p>{en.more(refused.length - MOST_SHOWN)}</p> : null}
    </Sheet>
  )
}

function columnRows(columns: ColumnReport): string[][] {
  const kinds = Object.keys(en.columns) as (keyof ColumnReport)[]
  return kinds.flatMap((kind) => columns[kind].map((name) => [name, en.columns[kind]]))
}

/** A mapping of the vendor's own is known by its id only. */
function nameOf({ mapping }: PastRun): string {
  const known = shipped.find(({ id }) => id === mapping)
  return known ? mappingText(known) : mapping
}

function PastPart({ ctx, past }: Pick<Props, 'ctx' | 'past'>) {
  const rows = past.map((run) => [
    ctx.web.dates.minute(run.begunAt),
    nameOf(run),
    run.by,
    endText(run),
    ...[run.taken, run.known, run.unpaid, run.refused].map(String),
  ])
  return (
    <Sheet id="past" title={en.pastTitle}>
      {rows.length > 0 ? (
        <Table label={en.pastTable} head={en.pastHead} rows={rows} right={[4, 5, 6, 7]} />
      ) : (
        <p>{en.pastNone}</p>
      )}
    </Sheet>
  )
}
