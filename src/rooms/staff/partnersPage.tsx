import { partnerWords, type RegisterRow } from '../../partners/index.ts'
import { recipientName, type Field } from '../../policy/index.ts'
import { Btn, Mono, PostForm, Sheet, Table, type AtDesk } from '../../web/index.ts'
import type { StaffContext } from './context.ts'
import { en } from './words.ts'

/** A partner that a member of staff has to tell about an erasure, with what it can find its own records by. */
export type ToTell = {
  readonly id: string
  readonly recipient: string
  readonly at: Date
  readonly references: readonly string[]
}

type Props = {
  readonly ctx: StaffContext
  readonly desk: AtDesk
  readonly rows: readonly RegisterRow[]
  readonly toTell: readonly ToTell[]
}

/** The register of partners with their promises, and who still has to be told about an erasure. */
export function PartnersPage({ ctx, desk, rows, toTell }: Props) {
  const cells = rows.map((row) => [
    row.recipient.name,
    row.recipient.fields
      .map((field) => ctx.policy.fields[field as Field]?.label.en.toLowerCase() ?? field)
      .join(', ') || en.nothing,
    partnerWords.commitment(row.commitment),
  ])
  return (
    <ctx.desk.Page at={desk} title={en.partnersTitle} here="/desk/partners" may={en.may} purpose="fulfilment">
      <h1>{en.partnersTitle}</h1>
      <Table label={en.partnersTitle} head={[en.partner, en.gets, en.promise]} rows={cells} />
      <Sheet id="tell" title={en.toTellTitle}>
        {toTell.length > 0 ? toTell.map((one) => <ToTellRow ctx={ctx} one={one} />) : <p>{en.toTellNobody}</p>}
      </Sheet>
    </ctx.desk.Page>
  )
}

function ToTellRow({ ctx, one }: { ctx: StaffContext; one: ToTell }) {
  const name = recipientName(ctx.policy, one.recipient)
  return (
    <div class="stack g2">
      <p>
        <strong>{name}</strong>, {ctx.web.dates.day(one.at)}. {partnerWords.tellByHand(name)}
      </p>
      <ul>
        {one.references.map((reference) => (
          <li>
            <Mono>{reference}</Mono>
          </li>
        ))}
      </ul>
      <PostForm web={ctx.web} action="/desk/partners/told">
        <input type="hidden" name="told" value={one.id} />
        <Btn weight="quiet" about={name}>
          {en.wasTold}
        </Btn>
      </PostForm>
    </div>
  )
}
