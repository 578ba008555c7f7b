import { Btn, Link, LinkBtn, Mono, Notice, PostForm, Sheet, aria, Typed } from '../../../web/index.ts'
import type { PersonId } from '../../../vault/index.ts'
import type { ShownFile, ShownPassage, ShownTurn } from '../cases/read.ts'
import type { SupportContext } from '../context.ts'
import { Said, sizeText } from '../pages.tsx'
import { whyDestroyed } from '../tables.ts'
import { en } from '../words.ts'
import { CASES, type Work } from './atTicket.ts'

/** What is wrong with a form of this page, beside which field, and what was typed there. */
export type Wrong = { readonly field: string; readonly error: string; readonly typed?: string }

/** Shape: `emails` are the addresses of those whom the message concerns beside its writer. */
type PartsProps = {
  readonly ctx: SupportContext
  readonly work: Work
  readonly shown: ShownTurn
  readonly emails: ReadonlyMap<PersonId, string>
  readonly wrong: Wrong | undefined
}

/** The parts of one message: each can be destroyed alone, or given to the person whom it is about. */
export function PartsPage({ ctx, work, shown, emails, wrong }: PartsProps) {
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
      {shown.head.subject === '' ? null : (
        <Sheet id="part-0" title={en.subjectTitle}>
          <p>
            <bdi class="said">{shown.head.subject}</bdi>
          </p>
          <p class="small muted">{en.subjectWhy}</p>
          <DestroyForm ctx={ctx} path={`${base}/parts/${shown.turn.id}/0/destroy`} id="0" wrong={wrong} />
        </Sheet>
      )}
      {shown.passages.map((one) => (
        <PassageSheet
          ctx={ctx}
          path={`${base}/parts/${shown.turn.id}/${one.passage}`}
          one={one}
          about={aboutWhom(one, emails)}
          wrong={wrong}
        />
      ))}
      {shown.files.map((file, index) => (
        <FileSheet ctx={ctx} count={index + 1} path={`${base}/files/${file.id}`} file={file} wrong={wrong} />
      ))}
    </ctx.desk.Page>
  )
}

/** The address of somebody else whom a passage concerns. */
function aboutWhom(one: ShownPassage, emails: PartsProps['emails']): string | undefined {
  return one.for.map((person) => emails.get(person)).find(Boolean)
}

type PassageProps = {
  ctx: SupportContext
  path: string
  one: ShownPassage
  about: string | undefined
  wrong: Wrong | undefined
}

function PassageSheet({ ctx, path, one, about, wrong }: PassageProps) {
  const email = `email-${one.passage}`
  const wrongEmail = wrong?.field === email ? wrong : undefined
  return (
    <Sheet id={`part-${one.passage}`} title={en.partTitle(one.passage)}>
      <Said passages={[one]} />
      {about ? <Notice kind="wait">{en.aboutSomebody(about)}</Notice> : null}
      {about && wrongEmail ? <p class="error">{wrongEmail.error}</p> : null}
      <DestroyForm ctx={ctx} path={`${path}/destroy`} id={String(one.passage)} wrong={wrong} />
      {about ? null : <GiveForm ctx={ctx} path={path} email={email} wrong={wrongEmail} />}
    </Sheet>
  )
}

type GiveProps = { ctx: SupportContext; path: string; email: string; wrong: Wrong | undefined }

function GiveForm({ ctx, path, email, wrong }: GiveProps) {
  return (
    <PostForm web={ctx.web} action={`${path}/give`} class="stack narrow">
      <Typed id={email} label={en.giveLabel} hint={en.giveWhy} error={wrong?.error}>
        <input
          id={`f-${email}`}
          name="email"
          type="email"
          autocomplete="off"
          value={wrong?.typed ?? ''}
          {...aria(email, wrong?.error, true)}
        />
      </Typed>
      <Btn weight="quiet">{en.giveButton}</Btn>
    </PostForm>
  )
}

type FileProps = { ctx: SupportContext; count: number; path: string; file: ShownFile; wrong: Wrong | undefined }

function FileSheet({ ctx, count, path, file, wrong }: FileProps) {
  return (
    <Sheet id={`file-${file.id}`} title={en.fileTitle(count)}>
      <p>
        <Link href={path}>{en.fileLine(file.name ?? en.fileCovered, sizeText(file.bytes))}</Link>
      </p>
      <DestroyForm ctx={ctx} path={`${path}/destroy`} id={file.id} wrong={wrong} />
    </Sheet>
  )
}

type DestroyProps = { ctx: SupportContext; path: string; id: string; wrong: Wrong | undefined }

function DestroyForm({ ctx, path, id, wrong }: DestroyProps) {
  const because = `because-${id}`
  const error = wrong?.field === because ? wrong.error : undefined
  return (
    <PostForm web={ctx.web} action={path} class="stack">
      <Typed id={because} label={en.destroyLegend} error={error}>
        <select id={`f-${because}`} name="because" required {...aria(because, error)}>
          <option value="">{en.chooseReason}</option>
          {whyDestroyed.map((why) => (
            <option value={why}>{en.why[why]}</option>
          ))}
        </select>
      </Typed>
      <Btn weight="danger">{en.destroyButton}</Btn>
    </PostForm>
  )
}
