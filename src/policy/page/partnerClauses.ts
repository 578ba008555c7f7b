import { periodText } from '../clockText.ts'
import type { Field, Purpose } from '../defaults.ts'
import { processorFacts } from '../processors/facts.ts'
import { processorSentences } from '../processors/sentences.ts'
import type { CommitmentSource, Recipient } from '../types.ts'
import type { Policy } from '../vendor.ts'
import { inside, list, type Body } from './body.ts'

/** Where cards are typed, and that no place of ours has room for one. */
export function cardsClause(policy: Policy): Body {
  const names = policy.recipients.filter((row) => row.kind === 'card processor').map((row) => row.name)
  return {
    anchor: 'cards',
    title: 'Cards and card processors',
    sentences: [
      ...policy.processorOnly.map((field) => `${field.label.en}: ${field.why.en}`),
      `You pay on the page of ${list(names)}. From there we hear that you paid, how much, and for which order.`,
      'No form, table or file of ours has a place for a card number.',
    ],
  }
}

/** The rules for everybody to whom something is passed on, and a clause for each. */
export function partnerClauses(policy: Policy): Body[] {
  return [
    {
      anchor: 'partners',
      title: 'To whom we pass something on',
      sentences: [
        'Only to the companies listed here, only for the purpose named, and only what that purpose needs.',
        'Each has promised in writing to protect it. Without that promise, or after its end, the program passes nothing on.',
        'Every time is written down, and you see it on your own page.',
      ],
    },
    ...policy.recipients.map((row) => partnerClause(policy, row)),
  ]
}

function partnerClause(policy: Policy, row: Recipient): Body {
  const live = row.purposes.flatMap((id) => policy.purposes[id as Purpose] ?? [])
  const needed = row.fields.filter((field) => live.some((purpose) => field in purpose.fields)) as Field[]
  const fields = needed.map((field) => inside(policy.fields[field].label.en))
  return {
    anchor: `partner-${row.id}`,
    title: `${row.name}, ${row.kind}`,
    sentences: [
      `It is in ${row.country}. You can write to ${row.contact}.`,
      ...(live.length > 0
        ? given(fields, row.values.map(valueText))
        : ['It gets nothing yet: what it is for is not in use.']),
      ...(live.length > 0 ? [`What for: ${live.map(({ title }) => inside(title.en)).join('; ')}.`] : []),
      ...about(row),
      ...(row.onInstructions ? ['It acts only on our instructions.'] : []),
      `Its promise to protect your data: ${row.commitment.document}. ${ends(row.commitment)}`,
      ...row.statements.map((statement) => `${statement.text.en} (Source: ${statement.source}, ${statement.on}.)`),
    ],
  }
}

/** What is declared about a processor. */
function about(row: Recipient): string[] {
  const facts = row.kind === 'card processor' ? processorFacts(row.id) : undefined
  return facts ? processorSentences(facts).map(({ en }) => en) : []
}

function given(fields: readonly string[], values: readonly string[]): string[] {
  const nothing = 'We give it nothing that says who you are.'
  if (fields.length === 0) return values.length > 0 ? [nothing, `It gets only ${list(values)}.`] : [nothing]
  const rest = values.length > 0 ? [`Along with that go ${list(values)}.`] : []
  return [`We give it your ${list(fields)}, and nothing else that says who you are.`, ...rest]
}

function ends({ until, periodFromFirstStart }: CommitmentSource): string {
  const period = periodFromFirstStart ? `${periodText(periodFromFirstStart)} after this shop first opened` : undefined
  if (until && period) return `It ends on ${until} or ${period}, whichever comes first.`
  return until ? `It ends on ${until}.` : `It ends ${period}.`
}

const valueLabels: Readonly<Record<string, string>> = {
  orderId: 'an order reference',
  orderNumber: 'the order number',
  amountMinor: 'the amount',
  currency: 'the currency',
  description: 'the name of the product',
  products: 'the product’s number there',
  quantities: 'how many',
  prices: 'the prices',
  returnUrl: 'a link back to this shop',
  refundId: 'a refund reference',
  paymentRef: 'its own payment reference',
  mailId: 'a mail reference',
  subject: 'the subject of the mail',
  text: 'the text of the mail',
  stopLink: 'a link that stops such mails',
  answers: 'the reference of the mail that it answers',
  thread: 'the references of the mails before it',
}

/** What a value that may go along to a partner is called. Shape: an unknown name is its own label. */
export function valueText(name: string): string {
  return valueLabels[name] ?? name
}
