import { Link, LinkBtn, Mono, Sheet, Table, When, type AtDesk } from '../../../web/index.ts'
import type { SupportContext } from '../context.ts'
import type { Shelf, Ticket } from '../queries.ts'
import { en } from '../words.ts'
import { CASES } from './atTicket.ts'

type ListProps = {
  readonly ctx: SupportContext
  readonly at: AtDesk
  readonly shelf: Shelf
  readonly tickets: readonly Ticket[]
  readonly labels: ReadonlyMap<string, string>
}

/** A list of cases and questions: numbers, times and who has them. Nobody is named before one is opened. */
export function ListPage({ ctx, at, shelf, tickets, labels }: ListProps) {
  const label = en.shelves[shelf]
  return (
    <ctx.desk.Page at={at} title={en.deskTitle} here={CASES} may={en.may} purpose="support">
      <h1>{en.deskTitle}</h1>
      <nav class="row" aria-label={en.deskTitle}>
        {(Object.keys(en.shelves) as Shelf[]).map((one) => (
          <Link href={`${CASES}?show=${one}`} current={one === shelf}>
            {en.shelves[one]}
          </Link>
        ))}
        <LinkBtn weight="quiet" href={`${CASES}/call`}>
          {en.newCall}
        </LinkBtn>
      </nav>
      <Sheet id="cases" title={label}>
        {tickets.length === 0 ? (
          <p class="muted">{en.nothing}</p>
        ) : (
          <Table
            label={en.shelfTable(label)}
            head={Object.values(en.head)}
            rows={tickets.map((ticket) => rowOf(ctx, ticket, labels))}
          />
        )}
      </Sheet>
    </ctx.desk.Page>
  )
}

function rowOf(ctx: SupportContext, ticket: Ticket, labels: ReadonlyMap<string, string>) {
  const { number, purpose, channel, madeAt, turnedAt, staff, state } = ticket
  const when = (at: Date) => <When at={at} text={ctx.web.dates.minute(at)} />
  return [
    <Link href={`${CASES}/${number}`}>
      <Mono>{number}</Mono>
    </Link>,
    `${en.purpose[purpose]}, ${en.channel[channel]}`,
    when(madeAt),
    when(turnedAt),
    (staff && labels.get(staff)) ?? en.nobodyYet,
    en.deskState[state],
  ]
}
