/** What the shop says, in one language. Another language is another object of this type. */
export type StoreWords = typeof en

/** What became of the money and the keys before the receipt was written. */
function whatBecame({ refunded, withdrawn }: { refunded: boolean; withdrawn: boolean }): string[] {
  if (!refunded) return withdrawn ? ['The key of this order was withdrawn. It no longer works.', ''] : []
  const key = withdrawn ? 'Its key was withdrawn and no longer works.' : 'Its key goes on working.'
  return [`This order was paid back in full. ${key}`, '']
}

/** The shop in English. */
export const en = {
  shopLede: 'Look around without being watched: no sign-in, no cookie, nothing to agree to.',
  from: 'from',
  download: 'Download',
  box: 'Boxed, by post',
  whatYouGet: 'What you get',
  buy: 'Buy',
  tryIt: 'Try it',
  buyThis: (label: string) => `Buy: ${label.toLowerCase()}`,
  freeTrial: (days: number) => `free for ${days} days`,
  jumpToTrial: 'Go to the download',
  gross: 'Prices include tax.',
  atAGlance: (lines: readonly string[], total: string) => `${lines.join(', ')}: ${total}, tax included.`,
  jumpToOrder: 'Go to the order form',
  trial: (days: number) => `Try it for ${days} days, no e-mail needed`,
  whatWeAsk: 'What we ask, and what we do not',
  asks: {
    download: (fields: readonly string[]) => `For a download we ask: ${fields.join(', ')}.`,
    box: (fields: readonly string[]) => `For a box, to post it, we ask: ${fields.join(', ')}.`,
  },
  yourChoice: (fields: readonly string[]) => (fields.length > 0 ? `Your choice: ${fields.join(', ')}.` : ''),
  asksNothingElse: 'We do not ask your age or your job, and buying signs you up to nothing.',

  yourOrder: 'Your order',
  toPay: 'To pay',
  taxWithin: (rate: string, amount: string, country: string) => `includes ${rate} VAT for ${country}: ${amount}`,
  taxSetByCountry: 'The price is the same in every country. Your country only sets how much of it is VAT.',
  change: 'Change the order',
  changeTitle: 'Change your order',
  quantity: (what: string) => `How many: ${what}`,
  update: 'Update the order',
  toCheckout: 'Go on to the order form',
  emptyCart: 'Nothing is left in this order.',
  code: 'Code from our news',
  codeOptional: 'optional',
  codeHint: 'It is the same for everybody and tells us only what our news is good for. Everything works without it.',
  checkoutName: 'Order form',
  checkoutTitle: 'Where should we send it?',
  checkoutTitleDownload: 'Where should the key go?',
  checkoutLede: 'Each field says why we ask and how long we keep it.',
  pay: (price: string, processor: string) => `Pay ${price} at ${processor}`,
  payChosen: (price: string) => `Pay ${price}`,
  payWhere: 'Where do you want to pay?',
  seller: { vendor: 'We are the seller and pay the tax.', processor: 'It sells it to you and works out the tax.' },
  messages: {
    'sealed to us': 'Its messages to us are sealed and signed.',
    signed: 'Its messages to us are signed.',
    'TLS only': 'Its messages to us are not signed.',
    none: '',
  },
  closedProcessor: 'It is closed: a simulator plays it here, and no money moves.',
  byHand: 'You pay to our bank account, and we send the key when the money has come.',
  gets: (values: readonly string[]) => `It gets ${values.join(', ')}, and nothing that says who you are.`,
  cardTitle: 'Your card number never reaches us.',
  card: (processor: string) =>
    `You type it at ${processor}, our card processor. It tells us “paid” and an order number.`,
  cardAnywhere: 'You type it at the card processor that you choose. It tells us “paid” and an order number.',
  cardSim: 'Here a simulator plays the processor, so use the test cards it shows you.',
  sentTo: (processor: string, values: readonly string[]) =>
    `When you go on, we pass ${processor} ${values.join(', ')}. Nothing that says who you are.`,

  errors: {
    quantity: (what: string) => `${what}: please type a whole number from 0 to 99.`,
    processor: 'Please choose where you want to pay.',
    priceChanged:
      'The price has changed since you opened this page. Please look at the new total and send the form again.',
    notSold: 'We cannot sell this order at the moment. Nothing was taken from you.',
    shutTitle: 'We may not pass you on to the card processor now',
    shut: 'We may not pass you on to the card processor at the moment: its promise to protect your data must be renewed first. Nothing was passed on, our staff are told, and your order is kept. Please try again later.',
    processorSilentTitle: 'The card processor does not answer',
    processorSilent: 'The card processor does not answer. Your order is kept; please try again in a minute.',
  },

  badCartTitle: 'This order link does not work',
  badCart: 'Perhaps it was cut off when it was copied. Nothing is lost: choose the product again.',
  backToShop: 'Back to the shop',

  returnTitle: {
    waiting: 'We are waiting for the card processor',
    paid: 'Thank you. Here is your key',
    paidBox: 'Thank you. Your box is being prepared',
    failed: 'The payment did not go through',
    refunded: 'This order was paid back',
    cancelled: 'This order was cancelled',
    byHand: 'Thank you. Your order waits for your payment',
  },
  byHandLede: 'Pay by bank transfer or cheque. We send the key, or pack the box, when the money is here.',
  howToPay: {
    title: 'How to pay',
    amount: 'Amount',
    left: (left: string, came: string) => `${left} is left; ${came} has come`,
    holder: 'To',
    iban: 'Account (IBAN)',
    bic: 'BIC',
    bank: 'Bank',
    reference: 'Reference',
    until: 'Until',
    why: 'Please give the order number as the reference, so that we know whose payment it is. A bank transfer takes up to two working days. After that day the order ends and nothing is owed.',
  },
  waiting: 'The processor usually tells us within a few seconds. This page looks again by itself.',
  checkAgain: 'Look again now',
  notPaidYet: 'If you closed the processor’s page before paying, you can go back and pay.',
  tryAgain: 'Pay again',
  failed: 'Nothing was taken. You can try again with the same or another card.',
  keysTitle: 'Your licence key',
  keyFor: (product: string) => `Licence key for ${product}`,
  readOutTitle: 'Read it out on the telephone',
  alphabet: {
    A: 'Alfa',
    B: 'Bravo',
    C: 'Charlie',
    D: 'Delta',
    E: 'Echo',
    F: 'Foxtrot',
    G: 'Golf',
    H: 'Hotel',
    J: 'Juliett',
    K: 'Kilo',
    M: 'Mike',
    N: 'November',
    P: 'Papa',
    Q: 'Quebec',
    R: 'Romeo',
    S: 'Sierra',
    T: 'Tango',
    V: 'Victor',
    W: 'Whiskey',
    X: 'X-ray',
    Y: 'Yankee',
    Z: 'Zulu',
  } as Readonly<Record<string, string>>,
  keyWithdrawn: 'This key was withdrawn. It no longer works.',
  keyComing: 'Your key is being made and comes by mail within a minute.',
  keyGone: 'We no longer hold a copy of this key that we could show. It goes on working.',
  getFile: (product: string) => `Download ${product}`,
  mailed: 'We have also sent the key and a receipt to the e-mail address that you gave.',
  boxOnItsWay: 'Your box was handed over to the post.',
  boxSoon: 'We pack the box by hand, usually on the next working day.',
  refunded: 'The whole amount goes back to the card it came from. Banks take up to ten days.',
  cancelled: 'Nothing will be sent and nothing was taken.',
  cancelledPending: 'Nothing will be sent. If the payment that is still on its way arrives, it goes back to you.',
  cancelledPaid:
    'Nothing will be sent. A payment came in all the same; it goes back to the card it came from. Banks take up to ten days.',
  cancelledPaidBack: 'Nothing will be sent. The payment that came in went back to the card it came from.',
  keepLink: 'This page closes two hours after the order. The link in your mail works for 30 days.',

  orderTitle: (number: string) => `Order ${number}`,
  orderDate: 'Ordered on',
  headline: {
    awaiting: 'Not paid yet.',
    pending: 'The payment is on its way.',
    failed: 'The payment did not go through.',
    paid: 'Paid and delivered.',
    toPack: 'Paid. Your box is being prepared.',
    onItsWay: 'Your box is with the post.',
    delivered: 'Your box has arrived.',
    refunded: 'Paid back in full.',
    partlyRefunded: 'Paid. A part was paid back.',
    disputed: 'Your bank has asked about this payment.',
    cancelled: 'Cancelled.',
    expired: 'Not paid in time.',
  },
  receipt: 'Receipt',
  total: 'Total',
  seeHeld: 'See or erase what we hold about you',
  payMailSubject: (number: string) => `How to pay your order ${number}`,
  payMail: (order: {
    number: string
    rows: readonly (readonly [string, string])[]
    note: string
    link: string
    dataLink: string
    vendor: string
  }) =>
    [
      `Thank you for your order ${order.number}. It waits for your payment by bank transfer or cheque:`,
      '',
      ...order.rows.map(([term, text]) => `${term}: ${text}`),
      ...(order.note ? ['', order.note] : []),
      '',
      'Please give the order number as the reference, so that we know whose payment it is.',
      'We send the key, or pack the box, when the money is here. After that day the order ends and nothing is owed.',
      '',
      'Your order, and whether the money has come:',
      order.link,
      '',
      'See, take or erase what we hold about you, at any time:',
      order.dataLink,
      '',
      order.vendor,
    ].join('\n'),
  mailSubject: (number: string) => `Your order ${number}`,
  mail: (order: {
    number: string
    total: string
    lines: readonly string[]
    keys: readonly { product: string; key: string }[]
    refunded: boolean
    /** Whether no key of the order works any more. */
    withdrawn: boolean
    box: boolean
    link: string
    dataLink: string
    root: { day: string; hash: string }
    vendor: string
  }) =>
    [
      `Thank you for your order ${order.number}.`,
      '',
      ...order.lines,
      `Paid: ${order.total}, tax included.`,
      '',
      ...whatBecame(order),
      ...order.keys.flatMap(({ product, key }) => [`Licence key for ${product}:`, key, '']),
      ...(order.box ? ['Your box is packed by hand and posted, usually on the next working day.', ''] : []),
      'Your order, with the key and the download, for 30 days:',
      order.link,
      '',
      'See, take or erase what we hold about you, at any time:',
      order.dataLink,
      '',
      'Please keep this mail. The line below closes our log of who opened personal data; with it you can prove that the log was not rewritten later.',
      `${order.root.day} ${order.root.hash}`,
      '',
      order.vendor,
    ].join('\n'),
  closedTitle: 'This link no longer works',
  closed:
    'Links to an order end after a while, so that an old mail cannot show your order to others. Write to us and we send a new one.',
} as const
