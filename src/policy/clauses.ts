import { createHash } from 'node:crypto'
import { keptText, periodText } from './clockText.ts'
import type { Field } from './defaults.ts'
import type { LegalBasis, Opener, Recipient } from './types.ts'
import type { LivePurpose, Policy } from './vendor.ts'

/** One numbered paragraph of the published policy. Shape: `anchor` is unique and stays when numbers move. */
export type Clause = { readonly number: number; readonly anchor: string; readonly title: string; readonly sentences: readonly string[] }

type Body = Omit<Clause, 'number'>

/** The whole published policy, made from the policy in force: one clause for each anchor. Source: GDPR articles 13 and 14. */
export function clauses(policy: Policy): Clause[] {
  const bodies = [
    controller(policy),
    collected(policy),
    ...Object.values(policy.purposes).map((purpose) => purposeClause(policy, purpose)),
    cards(policy),
    ...policy.recipients.map((recipient) => partnerClause(policy, recipient)),
    ...general(policy),
  ]
  return bodies.map((body, index) => ({ number: index + 1, ...body }))
}

/** Where a clause stands. Errors: throws when no clause has that anchor, so that a stamp never leads nowhere. */
export function clauseFor(policy: Policy, anchor: string): { number: number; anchor: string } {
  const index = anchors(policy).indexOf(anchor)
  if (index < 0) throw new RangeError(`no clause ${anchor}`)
  return { number: index + 1, anchor }
}

function anchors(policy: Policy): string[] {
  const purposes = Object.keys(policy.purposes)
  const partners = policy.recipients.map(({ id }) => `partner-${id}`)
  return ['who', 'collected', ...purposes, 'cards', ...partners, 'never-sold', 'rights-of-yours', 'cookies', 'children', 'transfers', 'security', 'authority']
}

/** A fingerprint of what visitors read, to tell whether a new version must be published. Shape: SHA-256 in hex. */
export function policyHash(policy: Policy): string {
  return createHash('sha256').update(JSON.stringify(clauses(policy))).digest('hex')
}

const bases: Record<LegalBasis, string> = {
  contract: 'We may, because we need it to do what you ordered.',
  consent: 'We may, because you agreed; you can take that back at any time.',
  interest: 'We may, because it is in our interest and hardly touches yours; you can object.',
  duty: 'We must, because the law requires it.',
}

const openers: Record<Opener, string> = {
  owner: 'the owner of the business',
  desk: 'our staff at the desk',
  person: 'you, by a link that we mail you',
  program: 'the program itself, to send you a mail',
}

function list(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

function controller(policy: Policy): Body {
  const { name, address, country } = policy.controller
  const telephone = policy.contact.telephone ? `, telephone ${policy.contact.telephone}` : ''
  return {
    anchor: 'who',
    title: 'Who we are',
    sentences: [`${name}, ${address}, ${country}, decides what happens with your data and answers for it.`, `Write to ${policy.contact.email}${telephone}.`],
  }
}

function collected(policy: Policy): Body {
  const used = new Set(Object.values(policy.purposes).flatMap((purpose) => Object.keys(purpose.fields) as Field[]))
  const labels = [...used].map((field) => policy.fields[field].label.en.toLowerCase())
  return {
    anchor: 'collected',
    title: 'What we hold at all',
    sentences: [
      `Never more than these: ${list(labels)}.`,
      'Each of them only for a purpose named below, and only if that purpose needs it.',
      'You see the purpose, and how long we keep it, beside each field before you type.',
      'You may leave out what we ask. Then we say what will not work, and everything else goes on.',
    ],
  }
}

function purposeClause(policy: Policy, purpose: LivePurpose): Body {
  const fields = Object.entries(purpose.fields) as [Field, LivePurpose['fields'][Field] & object][]
  const asked = fields.map(([field, use]) => `${policy.fields[field].label.en}${use.need === 'optional' ? ' (optional)' : ''}: ${use.why.en}${use.declining ? ` ${use.declining.en}` : ''}`)
  const receivers = policy.recipients.filter((row) => row.purposes.includes(purpose.id) && row.fields.some((field) => field in purpose.fields))
  return {
    anchor: purpose.id,
    title: purpose.title.en,
    sentences: [
      purpose.sentence.en,
      ...asked,
      bases[purpose.basis],
      fields.length > 0 ? `This is ${keptText(purpose.clock)}.` : `The sign-in is ${keptText(purpose.clock)}.`,
      ...(purpose.longerBecause ? [`We keep it longer than usual: ${purpose.longerBecause}`] : []),
      ...(purpose.openers.length > 0 ? [`It may be opened by ${list(purpose.openers.map((opener) => openers[opener]))}.`] : []),
      receivers.length > 0 ? `Passed on to ${list(receivers.map((row) => row.name))}.` : 'Passed on to nobody.',
      ...(purpose.intake.length > 0 ? [`It comes from ${list(purpose.intake.map((source) => source.en))}.`] : []),
    ],
  }
}

function cards(policy: Policy): Body {
  const names = policy.recipients.filter((row) => row.kind === 'card processor').map((row) => row.name)
  return {
    anchor: 'cards',
    title: 'Cards and card processors',
    sentences: [
      ...policy.processorOnly.map((field) => `${field.label.en}: ${field.why.en}`),
      `You pay on the page of ${list(names)}. The processor tells us “paid”, the amount and an order number.`,
      'No form, table or file of ours has a place for a card number.',
    ],
  }
}

function partnerClause(policy: Policy, row: Recipient): Body {
  const fields = row.fields.map((field) => policy.fields[field as Field].label.en.toLowerCase())
  const purposes = row.purposes.flatMap((id) => policy.purposes[id as keyof Policy['purposes']]?.title.en ?? [])
  const { until, periodFromFirstStart } = row.commitment
  const ends = until ? `It ends on ${until}.` : `It ends ${periodText(periodFromFirstStart ?? '')} after this shop first opened.`
  return {
    anchor: `partner-${row.id}`,
    title: `${row.name}, ${row.kind}`,
    sentences: [
      `In ${row.country}; write to ${row.contact}.`,
      fields.length > 0 ? `Gets your ${list(fields)}, and nothing else that says who you are.` : 'Gets nothing that says who you are.',
      ...(row.values.length > 0 ? [`Also gets: ${list(row.values.map(valueLabel))}.`] : []),
      `For: ${list(purposes.map((title) => title.toLowerCase()))}.`,
      ...(row.onInstructions ? ['Acts only on our instructions.'] : []),
      `Has promised to protect it: ${row.commitment.document}. ${ends} When that promise ends, the program passes nothing on.`,
      ...row.statements.map((statement) => `${statement.text.en} (${statement.source}, ${statement.on})`),
    ],
  }
}

const valueLabels: Readonly<Record<string, string>> = {
  orderId: 'an order reference',
  orderNumber: 'the order number',
  amountMinor: 'the amount',
  currency: 'the currency',
  description: 'the name of the product',
  returnUrl: 'a link back to this shop',
  refundId: 'a refund reference',
  paymentRef: 'its own payment reference',
  mailId: 'a mail reference',
  subject: 'the subject of the mail',
  text: 'the text of the mail',
}

function valueLabel(name: string): string {
  return valueLabels[name] ?? name
}

function general(policy: Policy): Body[] {
  return [
    { anchor: 'never-sold', title: 'Never sold', sentences: ['We do not sell what we hold about you, to anybody, in any way.', 'The program has no purpose and no partner of a kind that would allow it.'] },
    {
      anchor: 'rights-of-yours',
      title: 'What you can do',
      sentences: [
        'On the page “Your data” you type your e-mail address and get a link to everything that we hold under it.',
        'There you see what, why, since when, until when, who opened it and to whom it was passed on.',
        'You can download it, and you can erase it. Erasing destroys the keys, so that nobody can read it any more.',
        'What the law makes us keep for tax stays until its time is over, and can be opened for nothing else.',
        `To mend something, to object, or to ask us to hold still, write to ${policy.contact.email}. We answer within a month.`,
        'No decision about you is made by a machine.',
      ],
    },
    cookies(policy),
    { anchor: 'children', title: 'Children', sentences: [policy.audience.en] },
    { anchor: 'transfers', title: 'Other countries', sentences: [policy.transfers.en] },
    {
      anchor: 'security',
      title: 'How it is kept safe',
      sentences: [
        'What says who you are is sealed with a key of your own. The keys lie apart from the data and from its copies.',
        'Whoever opens it leaves a line in a log first. You see these lines on your own page.',
        'No system is perfect. If something goes wrong that touches you, we tell you.',
      ],
    },
    { anchor: 'authority', title: 'If you are not satisfied', sentences: [`You may complain to ${policy.authority.name}, ${policy.authority.web}. You may do so without asking us first.`] },
  ]
}

function cookies(policy: Policy): Body {
  return {
    anchor: 'cookies',
    title: 'Cookies',
    sentences: [
      'A cookie is a small text file that a site asks your browser to keep and to show again. It works like an identification card, and elsewhere it may record a sign-in, preferences and purchases.',
      'You need none here: looking, buying, and seeing or erasing your data work with cookies refused. Only staying signed in, which is for our staff, needs one.',
      ...policy.cookies.map((cookie) => `${cookie.name}: ${cookie.whatFor.en} It ends after ${cookie.lifetime.en}.`),
      'A cookie that is not listed here cannot be set by this program. No other company sets one on these pages.',
    ],
  }
}
