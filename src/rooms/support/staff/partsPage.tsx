import { Btn, Link, LinkBtn, Mono, Notice, PostForm, Sheet } from '../../../web/index.ts'
import type { Known, ShownFile, ShownPassage, ShownTurn } from '../cases/read.ts'
import type { SupportContext } from '../context.ts'
import { Said, sizeText } from '../pages.tsx'
import { whyDestroyed } from '../tables.ts'
import { en } from '../words.ts'
import { CASES, type Work } from './atTicket.ts'

type PartsProps = {
  readonly ctx: SupportContext
  readonly work: Work
  readonly shown: ShownTurn
  readonly known: readonly Known[]
  readonly errors: Readonly<Record<string, string>>
}

/** The parts of one message: each can be destroyed alone, or given to the person whom it is about. */
export function PartsPage({ ctx, work, shown, known, errors }: PartsProps) {
  const { ticket, at } = work
  const base = `${CASES}/${ticket.number}`
  return (
    <ctx.desk.Page at={at} title={en.partsTitle(ticket.number)} here={CASES} may={en.may} purpose={ticket.purpose}>
      <div class="stack">
        <h1>
          {en.partsTitle('')} <Mono>{ticket.number}</Mono>
        </h1>
        <p class="lede">{en.partsLede}</p>
        <p>
          <LinkBtn weight="quiet" href={base}>
            {en.backToTicket}
          </LinkBtn>
        </p>
      </div>
      {shown.passages.map((one) => (
        <PassageSheet
          ctx={ctx}
          path={`${base}/parts/${shown.turn.id}/${one.passage}`}
          one={one}
          about={aboutWhom(one, shown, known)}
          errors={errors}
        />
      ))}
      {shown.files.map((file, index) => (
        <FileSheet ctx={ctx} count={index + 1} path={`${base}/files/${file.id}`} file={file} />
      ))}
    </ctx.desk.Page>
  )
}

/** The address of somebody else whom a passage concerns. */
function aboutWhom(one: ShownPassage, { writer }: ShownTurn, known: readonly Known[]): string | undefined {
  return known.find(({ person }) => person !== writer && one.for.includes(person))?.email
}

type PassageProps = {
  ctx: SupportContext
  path: string
  one: ShownPassage
  about: string | undefined
  errors: Readonly<Record<string, string>>
}

function PassageSheet({ ctx, path, one, about, errors }: PassageProps) {
  const email = `email-${one.passage}`
  return (
    <Sheet id={`part-${one.passage}`} title={en.partTitle(one.passage)}>
      <Said passages={[one]} />
      {about ? <Notice kind="wait">{en.aboutSomebody(about)}</Notice> : null}
      <DestroyForm
        ctx={ctx}
        path={`${path}/destroy`}
        id={String(one.passage)}
        wrong={`because-${one.passage}` in errors}
      />
      {about ? null : (
        <PostForm web={ctx.web} action={`${path}/give`} class="stack narrow">
          <div class={email in errors ? 'field wrong' : 'field'}>
            <label for={email}>{en.giveLabel}</label>
            {email in errors ? <p class="error">{en.giveWrong}</p> : null}
            <input id={email} name="email" type="email" autocomplete="off" aria-describedby={`why-${email}`} />
            <p class="small muted" id={`why-${email}`}>
              {en.giveWhy}
            </p>
          </div>
          <Btn weight="quiet">{en.giveButton}</Btn>
        </PostForm>
      )}
    </Sheet>
  )
}

type FileProps = { ctx: SupportContext; count: number; path: string; file: ShownFile }

function FileSheet({ ctx, count, path, file }: FileProps) {
  return (
    <Sheet id={`file-${file.id}`} title={en.fileTitle(count)}>
      <p>
        <Link href={path}>{en.fileLine(file.name ?? en.fileCovered, sizeText(file.bytes))}</Link>
      </p>
      <DestroyForm ctx={ctx} path={`${path}/destroy`} id={file.id} wrong={false} />
    </Sheet>
  )
}

type DestroyProps = { ctx: SupportContext; path: string; id: string; wrong: boolean }

function DestroyForm({ ctx, path, id, wrong }: DestroyProps) {
  return (
    <PostForm web={ctx.web} action={path} class="stack">
      <div class={wrong ? 'field wrong' : 'field'}>
        <label for={`because-${id}`}>{en.destroyLegend}</label>
        {wrong ? <p class="error">{en.chooseReason}</p> : null}
        <select id={`because-${id}`} name="because" required>
          <option value="">{en.chooseReason}</option>
          {whyDestroyed.map((why) => (
            <option value={why}>{en.why[why]}</option>
          ))}
        </select>
      </div>
      <Btn weight="danger">{en.destroyButton}</Btn>
    </PostForm>
  )
}
