import type { Grants } from '../../db/index.ts'
import type { PersonId, TextId } from '../../vault/index.ts'

/** What a ticket is for. */
export type TicketPurpose = 'enquiry' | 'support'

/** How far a ticket is: somebody of the staff has to act, the customer has to, or nobody. */
export type TicketState = 'open' | 'waiting' | 'closed'

/** How a turn came in. `desk` is what staff wrote. */
export type TurnChannel = 'form' | 'mail' | 'telephone' | 'desk'

/** What a turn is: a customer's message or call, a reply of the staff, or what they wrote down for themselves. */
export type TurnKind = 'message' | 'call' | 'reply' | 'internal'

/** What was done with a ticket. */
export type Step =
  | 'begun'
  | 'opened'
  | 'waiting'
  | 'closed'
  | 'taken'
  | 'left'
  | 'as-enquiry'
  | 'as-support'
  | 'joined'
  | 'parted'
  | 'destroyed'
  | 'shared'

/** Why a part of what somebody wrote is destroyed. The list is closed, so that a reason says nothing about anybody. */
export const whyDestroyed = ['not-needed', 'asked-for', 'about-health', 'by-mistake'] as const

/** One reason of the list. */
export type WhyDestroyed = (typeof whyDestroyed)[number]

/** The tables of the support desk: ids, words and times. Texts, names and addresses are in the vault. */
export type SupportTables = {
  ticket: {
    ticket_id: string
    number: string
    purpose: TicketPurpose
    channel: Exclude<TurnChannel, 'desk'>
    automatic: boolean
    state: TicketState
    staff_id: string | null
    made_at: Date
    turned_at: Date
  }
  ticket_number: { number: string; ticket_id: string }
  ticket_step: {
    ticket_id: string
    step_id: string
    step: Step
    because: WhyDestroyed | null
    staff_id: string | null
    at: Date
  }
  ticket_turn: {
    ticket_id: string
    turn_id: string
    kind: TurnKind
    channel: TurnChannel
    automatic: boolean
    proposed: boolean
    text_id: TextId
    staff_id: string | null
    at: Date
  }
  ticket_person: { ticket_id: string; turn_id: string; person_id: PersonId; wrote: boolean }
  ticket_file: {
    ticket_id: string
    file_id: string
    turn_id: string
    type: string
    bytes: number
    called_text_id: TextId
    text_id: TextId
  }
}

/** Steps are only written. The rest goes when nobody of the ticket is left. */
export const supportGrants: Grants = {
  ticket: ['select', 'insert', 'update', 'delete'],
  ticket_number: ['select', 'insert', 'delete'],
  ticket_step: ['select', 'insert', 'delete'],
  ticket_turn: ['select', 'insert', 'update', 'delete'],
  ticket_person: ['select', 'insert', 'update', 'delete'],
  ticket_file: ['select', 'insert', 'update', 'delete'],
}
