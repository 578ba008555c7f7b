import {
  by,
  stripe,
  paddle,
  atPaddle,
  atSwreg,
  atSealed,
  storm,
  rules,
  fold,
  refunds,
  rights,
  crash,
  type Case,
} from './case.ts'

/** How messages come: twice, late, never, in any order, and while something breaks. */
export const delivery: readonly Case[] = [
  {
    number: 13,
    says: 'One message comes fifty times at once.',
    shownBy: [
      ...storm('when a payment is told 50 times at once', 'when an order of three pieces is told 50 times at once'),
      ...atSwreg('a call that is repeated gets the same key, and fifty at once are one key and one receipt'),
    ],
  },
  {
    number: 14,
    says: 'The program dies after it wrote a message down and before it answered.',
    shownBy: crash(
      'in the middle of a storm of payments, no message that was answered is lost, and nothing is issued twice',
    ),
  },
  {
    number: 15,
    says: 'The program dies between deciding on a mail and sending it.',
    shownBy: [
      ...crash('in the middle of fulfilment, every piece gets one key and every order one receipt'),
      ...by(
        'src/contact/handOver.db.test.ts',
        'a worker that stops between taking a mail and ending it is taken over, and there is still one mail',
        'a program that dies before the last commit leaves a mail that waits, without a box, and the next try sends one',
      ),
    ],
  },
  {
    number: 16,
    says: 'That a payment succeeded is told before that it began.',
    shownBy: storm(
      'when it is told that nothing came of a payment, and then that it did, and then again that nothing did',
    ),
  },
  {
    number: 17,
    says: 'A refund is told before its payment.',
    shownBy: [
      ...storm(
        'when the refund is told before the payment: the key is withdrawn, and nothing is issued or mailed twice',
      ),
      ...atSwreg('before the key was asked for leaves no key behind, and the message goes to the buyer'),
    ],
  },
  {
    number: 18,
    says: 'A failure is told after the money came.',
    shownBy: [
      ...fold('a failure or an expiry that arrives after the money changes nothing'),
      ...storm('when it is told that nothing came of a payment, and then that it did, and then again that nothing did'),
    ],
  },
  {
    number: 19,
    says: 'A dispute is won after staff withdrew the key.',
    shownBy: refunds(
      'a key that staff withdrew stays withdrawn when the bank finds for the vendor, and one that was paid back is nobody else’s',
    ),
  },
  {
    number: 20,
    says: 'Three refunds of a part come to the whole, in any order.',
    shownBy: [
      ...stripe('three part refunds come to the whole, in whatever order and however often they are told'),
      ...rules('three parts that come to the whole withdraw the keys, in whichever order they arrive'),
    ],
  },
  {
    number: 21,
    says: 'A refund fails after it looked done.',
    shownBy: [
      ...stripe('a refund that failed after all is no refund, whichever is told last'),
      ...rules('a refund that failed after it looked done gives the keys back and is a task'),
      ...rights('keys are withdrawn when the money goes back, and live again when it did not go back after all'),
    ],
  },
  {
    number: 22,
    says: 'An order was paid twice, and the second payment goes back.',
    shownBy: storm('when it was paid twice: staff are asked, give the second back, and the first keeps its key'),
  },
  {
    number: 23,
    says: 'What was paid to renew a licence goes back.',
    shownBy: [],
    notKnown: 'No licence is sold here for a time, so none is renewed.',
  },
  {
    number: 24,
    says: 'Of five pieces two are paid back; or the piece was a gift, or one of a bundle.',
    shownBy: refunds(
      'of five pieces two are paid back: staff are asked, withdraw two keys, and the other three go on working',
    ),
    notKnown: 'Neither gifts nor bundles are sold here.',
  },
  {
    number: 25,
    says: 'A refund that waits for the processor is refused.',
    shownBy: [
      ...paddle('a refund that waited and was refused leaves the right as it was, whatever is told first'),
      ...atPaddle('a refund of ours waits for Paddle, asked twice it is one, and when Paddle says no the key lives on'),
    ],
  },
  {
    number: 26,
    says: 'A message never comes.',
    shownBy: [
      ...atPaddle(
        'what was told and got lost is found by asking: the payment, a refund, a payout; told after all, it changes nothing',
      ),
      ...atSealed('what was never told is asked for, and counts once'),
    ],
  },
  {
    number: 27,
    says: 'A message comes after its content was found by asking.',
    shownBy: atPaddle(
      'what was told and got lost is found by asking: the payment, a refund, a payout; told after all, it changes nothing',
    ),
  },
  {
    number: 28,
    says: 'Somebody else opens the page to which a buyer comes back.',
    shownBy: rights(
      'the page after the payment says nothing of who bought to whoever opens it, sets no cookie, and a link that is nearly right opens nothing',
    ),
  },
  {
    number: 29,
    says: 'One of several messages that come in one piece cannot be read.',
    shownBy: [],
    notKnown: 'Only FastSpring sends several at once, and nobody can pay there from here.',
  },
  {
    number: 30,
    says: 'Two messages without a name are equal: one sent twice, or two that are meant.',
    shownBy: [],
    notKnown: 'Only Lemon Squeezy sends messages without a name, and nobody can pay there from here.',
  },
]
