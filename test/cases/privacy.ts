import { by, atPaddle, atSwreg, atRegnow, atSealed, inbound, storm, refunds, cardForms, type Case } from './case.ts'

/** What is kept of people and of cards, and what is not. */
export const privacy: readonly Case[] = [
  {
    number: 48,
    says: 'A card number is typed where none belongs.',
    shownBy: [
      ...cardForms(
        'a card number in any field of any form, of visitors and staff, is nowhere afterwards',
        'a card number in an address, a query string, a name of a field or the name of a browser goes nowhere',
        'a product that is named by a card number keeps the program from starting, and the number is not repeated',
      ),
      ...by(
        'src/contact/inbound/read.test.ts',
        'a card number across the end of a subject, a text or a file name leaves no digits, and one as a name is cut too',
      ),
      ...by(
        'src/rooms/letters/arrive/takeIn.db.test.ts',
        'a card number in a letter or an answer is cut out before anything is written',
      ),
      ...by(
        'test/promises/by-survey.db.test.ts',
        'hostile texts are texts: tags are shown as they are, a megabyte is cut, a card is cut out',
      ),
      ...atSwreg('about an order that nobody knows, or that names none'),
    ],
  },
  {
    number: 49,
    says: 'What stands in an address that is called ends in a log.',
    shownBy: [
      ...atSwreg('no line of the log holds anything of an address that was called but its pattern'),
      ...atRegnow('no line of the log holds anything of an address that was called but its pattern'),
    ],
  },
  {
    number: 50,
    says: 'A processor is told more than which order it is.',
    shownBy: [
      ...inbound('the timeline names who was told, when, and exactly what the processor received'),
      ...atPaddle('a download is paid at Paddle: the key is there, and Paddle got what is declared and nothing else'),
      ...atSwreg('has passed on exactly what was written down, and nothing that was typed there lies open here'),
    ],
  },
  {
    number: 51,
    says: 'A refund is told of a buyer who was erased.',
    shownBy: [
      ...storm('after all was done gets nothing again, whatever is told once more'),
      ...inbound('of a buyer who was erased nothing is kept, and what was kept is gone'),
    ],
  },
  {
    number: 52,
    says: 'The whole order is told again of a buyer who was erased.',
    shownBy: [
      ...storm('after all was done gets nothing again, whatever is told once more'),
      ...by(
        'test/imports/takeIn.db.test.ts',
        'whoever was erased does not come back with the same report, nor with one that tells of a refund',
      ),
    ],
  },
  {
    number: 53,
    says: 'Somebody who wants no news buys again.',
    shownBy: by(
      'test/promises/by-campaign.db.test.ts',
      'one click in a mail holds over what is waiting, and over every later list, order and form but the person’s own',
    ),
  },
  {
    number: 54,
    says: 'A message is kept for longer than was said.',
    shownBy: inbound('after 90 days every message is gone, and one that is sent once more still counts once'),
  },
  {
    number: 55,
    says: 'An order is over, and nothing shows that its card part was destroyed.',
    shownBy: atSealed(
      'a card part is held until its order is %s, and its receipt says so',
      'the promises page says what proves each processor’s messages, and finds an order that is over without its receipt',
    ),
  },
  {
    number: 56,
    says: 'The program is killed while it holds a card part.',
    shownBy: by(
      'test/crash/cardPart.test.ts',
      'nothing of it is on the disk, it has its receipt after the start, and the order still comes to its end',
    ),
  },
  {
    number: 57,
    says: 'A card number lies in a table, a log, an archive or an export; an id looks like one.',
    shownBy: [
      ...by(
        'test/promises/card-deleted.db.test.ts',
        'a card number in any spelling is found; staff learn where, nobody reads a digit, and the promise does not hold until it is gone',
      ),
      ...by(
        'src/core/cards/scan.test.ts',
        'cards are found in plain files, gzip and zip, and in one within the other, with file and place',
      ),
      ...by(
        'src/core/cards/look/look.test.ts',
        'a card of any company is found: %s',
        '400,000 lines of what is no card, and not one finding',
      ),
    ],
  },
  {
    number: 58,
    says: 'A key that was destroyed still lies in some file.',
    shownBy: [
      ...by(
        'src/vault/keys/file.test.ts',
        'a destroyed key is nowhere in the folder, at once and after a restart, and others keep theirs',
      ),
      ...by(
        'test/erase/erase.db.test.ts',
        'when all of it has stopped nothing is left either, and what is planted in the same places is found',
      ),
    ],
  },
  {
    number: 59,
    says: 'A processor closes.',
    shownBy: [
      ...atSwreg(
        'reads that it is closed, that the example plays it, what it gets and that its messages are not signed',
        'a live shop cannot sell there, and its order form does not offer it',
        'the page of promises says since when it is closed and what fits, and does not hold when a payment fits no order',
      ),
      ...by(
        'test/imports/takeIn.db.test.ts',
        'two runs at once, and one that was killed between its pieces, end with the same rows as one',
      ),
    ],
  },
  {
    number: 60,
    says: 'A processor fails its customers, and everybody is paid back.',
    shownBy: refunds('everybody is paid back once however often it is asked, every key stays, and no box is packed'),
  },
]
