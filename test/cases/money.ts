import { by, stripe, paddle, atPaddle, atSwreg, atRegnow, rules, refunds, rights, type Case } from './case.ts'

/** Amounts, payouts, and who sells what. */
export const money: readonly Case[] = [
  {
    number: 40,
    says: 'A currency has no decimals, or three; a price with tax in it is parted.',
    shownBy: [
      ...by(
        'src/core/payments/stripe/amounts.test.ts',
        'amounts are counted as the processor counts them, and come back as they went',
      ),
      ...by(
        'src/lib/money.test.ts',
        'shares add up to the amount to the last cent, and none is further than a cent from its due',
        'tax is what is left when the net amount is taken away, and never more than the rate',
        'an amount is read as it would be typed, in currencies with no, two and three digits of a minor unit',
      ),
    ],
  },
  {
    number: 41,
    says: 'What the processor kept is known later than the payment.',
    shownBy: [
      ...rules('what a processor kept and paid as tax is known when it is known, and moves no axis'),
      ...refunds('what the processor kept is shown when it is known'),
      ...paddle('what is paid and not completed is on its way: fee and tax are not known, and it gives no right'),
    ],
  },
  {
    number: 42,
    says: 'A payout is in another currency than the payment.',
    shownBy: [
      ...by(
        'src/core/payments/stripe/payouts.test.ts',
        'a line of the book tells what was kept of a payment of ours, in the currency of the payout',
        'a payout holds what its lines come to, and of payments those of ours in the currency that was charged',
      ),
      ...rules('what a processor kept and paid as tax is known when it is known, and moves no axis'),
    ],
  },
  {
    number: 43,
    says: 'A bank takes the money back, from the vendor or from the processor.',
    shownBy: [
      ...atRegnow('by %s takes the key with it'),
      ...atPaddle('a chargeback stops the key, and its taking back lets it live again'),
      ...rights('a payment that the bank has taken back is not paid back a second time'),
    ],
    notKnown: 'No message says who bears the loss, so the key goes by what the bank did, wherever it was paid.',
  },
  {
    number: 44,
    says: 'Somebody changes the price in an address; or nothing is left to pay.',
    shownBy: [
      ...atSwreg('that says %s'),
      ...paddle('whoever opened the checkout for something cheaper, naming our order, has not paid it'),
      ...stripe('a page that needed no payment is paid with nothing, under its own name'),
    ],
  },
  {
    number: 45,
    says: 'A payout is not what its orders come to, comes late, or holds an order that nobody knows.',
    shownBy: rights(
      'agrees with the orders: each payment is known, and its fee is what the book says, also after a refund',
      'is for staff when it is less than what it is said to be made of, or in another currency',
      'is for staff when a payment in it came in here with another amount, for another order, or not at all',
      'and does not for five weeks is asked about once a day, until money comes; what others sold and paid out is not waited for',
    ),
    notKnown:
      'Only Stripe says beside a payout what it is made of; of Paddle’s only whether and when it came is known.',
  },
  {
    number: 46,
    says: 'A box is in a cart that the processor could otherwise sell.',
    shownBy: [
      ...paddle('of a cart with a box in it nothing is offered there, whatever else is in it'),
      ...atPaddle('a box is not sold there'),
    ],
  },
  {
    number: 47,
    says: 'A business pays no tax, and wants a paper that says so.',
    shownBy: paddle('a business that pays no tax has paid, and its whole refund is whole'),
    notKnown: 'No VAT number is asked for and no invoice is made here; such papers come from the processor that sells.',
  },
]
