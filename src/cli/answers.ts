import type { ControlRequest } from '../db/index.ts'
import type { Loaded, SoldElsewhere } from '../core/licences/index.ts'
import type { ImportAnswer } from '../rooms/imports/index.ts'
import type { Desk } from '../desk/index.ts'

/** What the running program answers to the command line. Shape: `say` is a sentence for the terminal. */
export type ControlAnswer = { readonly say: string; readonly failed?: true }

type Answer = (desk: Desk, label: string, role: string) => Promise<ControlAnswer>

const LABEL = /^[a-z][a-z0-9-]{0,29}$/

const answers: Readonly<Record<string, Answer>> = {
  ping: () => Promise.resolve({ say: 'Avow runs.' }),
  staff: link,
  leave: async (desk, label) =>
    (await desk.staffGoes(label)) ? { say: `${label} is signed out for good.` } : failed(`There is no ${label}.`),
  'new-key': async (desk) => {
    const kid = await desk.rotateNoticeKey()
    if (kid === undefined) return failed('No processor that seals its notices is set up.')
    return {
      say: `The new key ${kid} is published. The one before opens what is on its way for 24 hours and is then destroyed.`,
    }
  },
}

/** Answers one question of the command line. */
export function answerControl(desk: Desk, request: ControlRequest): Promise<ControlAnswer | Loaded | ImportAnswer> {
  const { ask, label = 'owner', rows } = request
  if (ask === 'import') return desk.answerImport(request.report)
  if (ask === 'serials') return desk.loadSerials((rows ?? []).map(soldElsewhere))
  const answer = answers[ask]
  if (!answer) return Promise.resolve(failed('There is no such command.'))
  if (!LABEL.test(label))
    return Promise.resolve(failed('A label is small letters, digits and hyphens, such as desk-2. No name is kept.'))
  return answer(desk, label, request.role ?? (label === 'owner' ? 'owner' : 'desk'))
}

function soldElsewhere([product = '', serial = '', source = '']: readonly string[]): SoldElsewhere {
  return { product, serial, source }
}

async function link(desk: Desk, label: string, role: string): Promise<ControlAnswer> {
  if (role !== 'owner' && role !== 'desk') return failed('A role is owner or desk.')
  const made = await desk.staffLink({ label, role })
  return made ? { say: made } : failed(`${label} has left. Choose another label: the log of looks keeps this one.`)
}

function failed(say: string): ControlAnswer {
  return { say, failed: true }
}
