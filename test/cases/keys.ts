import { by, swreg, atSwreg, atRegnow, pairs, inbound, refunds, type Case } from './case.ts'

/** A processor that waits for a key. */
export const keys: readonly Case[] = [
  {
    number: 31,
    says: 'A key is asked for again.',
    shownBy: [
      ...atSwreg('a call that is repeated gets the same key, and fifty at once are one key and one receipt'),
      ...atRegnow('a call that is repeated, and fifty at once by both ways, are one key'),
    ],
  },
  {
    number: 32,
    says: 'A key is asked for of an order that did not begin here, or that is not known yet.',
    shownBy: [
      ...atSwreg('about an order that nobody knows, or that names none'),
      ...inbound(
        'what came before its order lies with a person of its own, and goes to the buyer when the order is placed',
      ),
      ...by(
        'test/imports/takeIn.db.test.ts',
        'a report is tried without a trace, taken in once however often it comes, and sets nothing off',
      ),
    ],
  },
  {
    number: 33,
    says: 'A name has signs that mean something elsewhere, is cut off, or is not there.',
    shownBy: [
      ...pairs('signs that mean something elsewhere are plain text here', 'no value can pass for a line of its own'),
      ...atSwreg(
        'comes by links and forms alone to the key, whatever their name is, and is recorded as the owner',
        'gets a key also when their name is written in an old charset, or only a company buys',
      ),
      ...by(
        'sim/swreg/swreg.test.ts',
        'has every field of the protocol, cut to its length, and child orders with numbers of their own',
      ),
    ],
  },
  {
    number: 34,
    says: 'A name is written in an old charset.',
    shownBy: [
      ...pairs('what is UTF-8 is read as that, and one byte that cannot be makes all of it Windows-1252'),
      ...atSwreg('gets a key also when their name is written in an old charset, or only a company buys'),
    ],
  },
  {
    number: 35,
    says: 'The keys are longer than the processor takes.',
    shownBy: swreg(
      'has empty tags rather than keys that are longer than the processor takes, under either of its limits',
    ),
  },
  {
    number: 36,
    says: 'There is no key left to give.',
    shownBy: [],
    notKnown: 'Keys are made when they are sold; there is no stock that could run out.',
  },
  {
    number: 37,
    says: 'A key takes too long to make, or cannot be made now.',
    shownBy: [
      ...atRegnow(
        'because it cannot be made is answered with nothing, staff are told, and it follows by mail, once',
        'because making it takes too long is answered with nothing meanwhile, and follows by mail',
      ),
      ...swreg('is the key between tags, each on a line of its own, and empty tags whenever there is none'),
    ],
  },
  {
    number: 38,
    says: 'A key is asked for of one part of an order.',
    shownBy: atSwreg(
      'are child orders with a key each, those of one line in one answer, and the order is paid when all are',
    ),
  },
  {
    number: 39,
    says: 'A key that was paid back is somebody else’s; one of an order that failed is lost.',
    shownBy: [
      ...refunds(
        'a key that staff withdrew stays withdrawn when the bank finds for the vendor, and one that was paid back is nobody else’s',
      ),
      ...by(
        'test/promises/by-purchase.db.test.ts',
        'a declined card gives nothing, and a good one on the same page then gives the key',
      ),
    ],
  },
]
