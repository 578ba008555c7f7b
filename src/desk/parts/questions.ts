import { numberOf, personOf, type OrderId } from '../../core/orders/index.ts'
import {
  askMail,
  endLate,
  questionProbes,
  questionRoutes,
  questionsHeld,
  questionsRail,
  type About,
  type QuestionContext,
} from '../../rooms/questions/index.ts'
import { peopleOf, ticketById, type SupportTables, type TicketId } from '../../rooms/support/index.ts'
import type { Joined, Part } from '../part.ts'

/** Asking a person for more than they gave, about an order or a ticket. */
export function questionsPart(joined: Joined): Part {
  const { engine, web, desk, now, policy, vault, contact, orders } = joined
  const ctx: QuestionContext = {
    db: engine.for(),
    links: engine.for(),
    web,
    desk,
    now,
    policy,
    vault,
    contact,
    countries: orders.catalogue.countries,
    kick: orders.kick,
    about: (kind, id) => (kind === 'ticket' ? ticketAbout(joined, id as TicketId) : orderAbout(joined, id as OrderId)),
  }
  return {
    routes: questionRoutes(ctx),
    rail: () => questionsRail(ctx),
    composers: { askFurther: askMail(ctx) },
    probes: questionProbes(ctx),
    held: (person) => questionsHeld(ctx, person),
    hourly: async () => void (await endLate(ctx)),
  }
}

async function orderAbout({ orders }: Joined, id: OrderId): Promise<About | undefined> {
  const person = await personOf(orders.db.query, id)
  const number = await numberOf(orders.db.query, id)
  return person && number ? { person, title: `order ${number}`, back: `/desk/orders/${number}` } : undefined
}

/** A ticket is asked about with whoever wrote first. */
async function ticketAbout({ engine }: Joined, id: TicketId): Promise<About | undefined> {
  const db = engine.for<SupportTables>().query
  const ticket = await ticketById(db, id)
  const writer = (await peopleOf(db, id)).find(({ wrote }) => wrote)
  return (
    ticket && writer && { person: writer.person, title: `case ${ticket.number}`, back: `/desk/cases/${ticket.number}` }
  )
}
