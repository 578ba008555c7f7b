import { timed, stripe, paddle, swreg, atSwreg, atRegnow, atSealed, inbound, storm, type Case } from './case.ts'

/** Whether a message is the processor’s own, of now, and about us. */
export const authenticity: readonly Case[] = [
  {
    number: 1,
    says: 'A message is written anew with the same content.',
    shownBy: timed(
      'the same content written otherwise is refused: order of names, white space, ends of lines, a mark of byte order',
    ),
  },
  {
    number: 2,
    says: 'A message has letters of several bytes, other ends of lines, or a mark of byte order.',
    shownBy: timed('a body with several bytes a character, CRLF or a mark of byte order is taken as it was signed'),
  },
  {
    number: 3,
    says: 'Of several signatures only one is right, the first or the last.',
    shownBy: timed('of several signatures any one may be right, wherever it stands'),
  },
  {
    number: 4,
    says: 'The secret is changed while messages are on their way.',
    shownBy: [
      ...timed('whatever was signed under either live secret is taken, and under no other'),
      ...swreg('says which order was paid, and what its line claims to be'),
      ...atSealed('a new key is published at once, and the old one still opens what was on its way'),
    ],
  },
  {
    number: 5,
    says: 'The time of a signature is old, to come, no number, or enormous.',
    shownBy: [
      ...timed('a time is near and plainly written, or it is refused'),
      ...storm('a message that is not the processor’s, not of now, or not as it was sent is refused and leaves no row'),
    ],
  },
  {
    number: 6,
    says: 'The header with the signature is missing, there twice, or in other letters.',
    shownBy: timed(
      'a header that is missing, doubled or without a signature of the right kind is refused',
      'anything at all in the header leads to a refusal and never to an error',
    ),
  },
  {
    number: 7,
    says: 'A message of the test mode comes to a live shop.',
    shownBy: stripe('a message of the other mode is another shop’s, though the signature is right'),
  },
  {
    number: 8,
    says: 'A message is about the order of another shop.',
    shownBy: [
      ...atSwreg('is not believed of another shop or without the security value, and an unknown kind is for staff'),
      ...paddle('a credit is no refund, and of somebody else’s transaction nothing is said'),
      ...inbound('what stands where our order’s id should be is no order of ours, and is kept sealed only'),
    ],
  },
  {
    number: 9,
    says: 'An old message comes again after what was kept of it is gone.',
    shownBy: inbound('after 90 days every message is gone, and one that is sent once more still counts once'),
  },
  {
    number: 10,
    says: 'A message names an address at which its certificate is to be fetched.',
    shownBy: [],
    notKnown: 'Only PayPal proves its messages so, and nobody can pay by PayPal here.',
  },
  {
    number: 11,
    says: 'A message is longer than any may be, or grows when it is unpacked.',
    shownBy: storm('a message that is longer than any of a processor, or packed, is not read, and leaves no row'),
  },
  {
    number: 12,
    says: 'Somebody invents a call for a key, or changes product or price in one.',
    shownBy: [
      ...atSwreg('to another address than the secret one', 'that says %s'),
      ...atRegnow(
        'at another address than the secret one, or for a call that does not say that it was paid',
        'for a call that says %s',
      ),
    ],
  },
]
