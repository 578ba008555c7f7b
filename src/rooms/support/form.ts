import { clauseFor, clockOf, formFor, isOn, keptText, type FormField, type Policy } from '../../policy/index.ts'
import type { TicketPurpose } from './tables.ts'
import { en } from './words.ts'

/** What can be asked about here: what the vendor has not switched off. */
export function purposesOn(policy: Policy): TicketPurpose[] {
  return (['enquiry', 'support'] as const).filter((purpose) => isOn(policy, purpose))
}

const ABOUT = { enquiry: 'question', support: 'product' } as const satisfies Record<TicketPurpose, string>

/** The path of the form for a purpose. */
export function helpPath(purpose: TicketPurpose): string {
  return `/help/${ABOUT[purpose]}`
}

/** The form of a question or a case: what the purpose asks for, and beside a case the number that finds the copy. */
export function helpForm(policy: Policy, purpose: TicketPurpose): FormField[] {
  const form = formFor(policy, [purpose])
  return purpose === 'support' ? [...form, aboutField(policy)] : form
}

/** Only what somebody writes, where it is known who they are. */
export function messageForm(policy: Policy, purpose: TicketPurpose): FormField[] {
  return formFor(policy, [purpose]).filter(({ name }) => name === 'message')
}

/** Only the address of somebody, as the policy asks for it. */
export function emailForm(policy: Policy, purpose: TicketPurpose): FormField[] {
  const form = formFor(policy, [purpose]).filter(({ name }) => name === 'email')
  return form.map((field) => ({ ...field, required: true }))
}

/** On the telephone somebody may be helped without an address. */
export function callForm(policy: Policy, purpose: TicketPurpose): FormField[] {
  return formFor(policy, [purpose]).map((field) => (field.name === 'email' ? { ...field, required: false } : field))
}

/** An order number or a key is no field that the policy asks by itself, but whoever types it is told the same about it. */
function aboutField(policy: Policy): FormField {
  return {
    name: 'licenceKey',
    label: en.about,
    type: 'text',
    autocomplete: 'off',
    required: false,
    maxLength: 100,
    why: en.aboutWhy,
    kept: keptText(clockOf(policy, 'support')),
    declining: en.aboutDeclining,
    clause: clauseFor(policy, 'support'),
  }
}
