import type { ControlRequest } from '../db/index.ts'
import type { Desk } from '../desk/index.ts'

/** What the running program answers to the command line. Shape: `say` is a sentence for the terminal. */
export type ControlAnswer = { readonly say: string; readonly failed?: true }

const LABEL = /^[a-z][a-z0-9-]{0,29}$/

/** Answers one question of the command line. */
export async function answerControl(desk: Desk, request: ControlRequest): Promise<ControlAnswer> {
  const { ask, label = 'owner', role = label === 'owner' ? 'owner' : 'desk' } = request
  if (ask === 'ping') return { say: 'Avow runs.' }
  if (!LABEL.test(label))
    return failed('A label is small letters, digits and hyphens, such as desk-2. No name is kept.')
  if (ask === 'leave')
    return (await desk.staffGoes(label)) ? { say: `${label} is signed out for good.` } : failed(`There is no ${label}.`)
  if (ask !== 'staff' || (role !== 'owner' && role !== 'desk')) return failed('A role is owner or desk.')
  const link = await desk.staffLink({ label, role })
  return link ? { say: link } : failed(`${label} has left. Choose another label: the log of looks keeps this one.`)
}

function failed(say: string): ControlAnswer {
  return { say, failed: true }
}
