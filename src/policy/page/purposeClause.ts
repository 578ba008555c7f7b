import { keptText, untilText } from '../clockText.ts'
import type { Field } from '../defaults.ts'
import type { FieldUse, LegalBasis, Opener } from '../types.ts'
import type { LivePurpose, Policy } from '../vendor.ts'
import { inside, list, type Body } from './body.ts'

const bases: Record<LegalBasis, string> = {
  contract: 'We may, because it belongs to what you order from us.',
  consent: 'We may, because you agreed; you can take that back at any time.',
  interest: 'We may, because we need it and it hardly touches you; you can object.',
  duty: 'We must, because the law requires it.',
}

const openers: Record<Opener, string> = {
  owner: 'the owner of the business',
  desk: 'our staff at the desk',
  person: 'you, through a link that we mail to you',
  program: 'the program itself, to do what is said here',
}

/** Why we collect, what, on which ground, how long, who may open it and who receives it: all of one purpose. */
export function purposeClause(policy: Policy, purpose: LivePurpose): Body {
  const uses = Object.entries(purpose.fields) as [Field, FieldUse][]
  const when = purpose.lasts
    ? `${purpose.lasts.en} ${untilText(purpose.clock)}.`
    : `This is ${keptText(purpose.clock)}.`
  return {
    anchor: purpose.id,
    title: purpose.title.en,
    sentences: [
      purpose.sentence.en,
      ...uses.map(([field, use]) => fieldSentence(policy, purpose, { field, use })),
      bases[purpose.basis],
      when,
      ...(purpose.longerBecause ? [purpose.longerBecause] : []),
      ...(purpose.openers.length > 0
        ? [`Who may open it: ${purpose.openers.map((who) => openers[who]).join('; ')}.`]
        : []),
      ...(uses.length > 0 ? [passedOn(policy, purpose)] : []),
      ...(purpose.intake.length > 0 ? [`It comes from ${list(purpose.intake.map((source) => source.en))}.`] : []),
    ],
  }
}

function fieldSentence(policy: Policy, purpose: LivePurpose, { field, use }: { field: Field; use: FieldUse }): string {
  const { label, input } = policy.fields[field]
  const said = [use.why.en, ...(use.declining ? [use.declining.en] : [])].join(' ')
  if (input === 'made') return `${label.en}${field === 'licenceKey' ? ' (made by us)' : ''}: ${said}`
  const mayBeEmpty = use.need === 'optional' && !purpose.takesFrom
  return `${label.en}${mayBeEmpty ? ' (optional)' : ''}: ${said}`
}

function passedOn(policy: Policy, purpose: LivePurpose): string {
  const given = policy.recipients.flatMap((row) => {
    const fields = row.fields.filter((field) => field in purpose.fields) as Field[]
    const labels = fields.map((field) => inside(policy.fields[field].label.en))
    return row.purposes.includes(purpose.id) && labels.length > 0 ? [`${list(labels)} to ${row.name}`] : []
  })
  return given.length > 0 ? `Passed on: ${given.join('; ')}.` : 'Passed on to nobody.'
}
