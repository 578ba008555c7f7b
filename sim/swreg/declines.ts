import type { Decline } from '../cards.ts'

/** The results of a payment, in words for its buyer. Source: the codes of the processor's “advanced ordering”; the words are ours. */
export const results: Readonly<Record<number, string>> = {
  15: 'Orders from this e-mail address are not taken: it is known for fraud.',
  16: 'Orders from this network are not taken: it is known for fraud.',
  17: 'This is not a valid card.',
  18: 'The card was declined.',
  19: 'This way to pay is not taken.',
  20: 'This way to pay is not taken here.',
  21: 'Please call: your bank wants to speak to you first.',
  22: 'The line to the bank failed. It is tried again every 15 minutes; please do not order again.',
  23: 'The card has expired, or the date is wrong.',
  24: 'The issue number is wrong.',
  25: 'The account that sent you here is closed.',
  26: 'The shop is being repaired. Please try again later.',
  27: 'This brand of card is handled by hand. You will hear from us.',
  28: 'This shop is closed.',
  29: 'The bank did not accept the payment.',
  30: 'Nothing is sold to this country.',
  31: 'Cards of this bank are not taken.',
  32: 'This order was placed already.',
  33: 'The name of the country was not understood.',
}

/** The result of each reason for which a test card is declined. */
export const resultOf: Readonly<Record<Decline, number>> = {
  declined: 18,
  funds: 29,
  expired: 23,
  code: 17,
  stolen: 18,
  unconfirmed: 29,
}

/** What the buyer reads. */
export function declined(result: number): string {
  return `${results[result] ?? 'The payment failed.'} (Result ${result}.)`
}
