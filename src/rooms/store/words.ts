/** What the shop says, in one language. Another language is another object of this type. */
export type StoreWords = typeof en

/** The shop in English. */
export const en = {
  shopTitle: 'Software by post or download',
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
  jumpToOrder: 'Go to the order form',
  trial: (days: number) => `Try it for ${days} days, no e-mail needed`,
  whatWeAsk: 'What we ask, and what we do not',
  asksDownload: 'For a download we ask two things: an e-mail address and your country.',
  asksBox: 'For a box we ask your e-mail address and where to send it. A telephone number is your choice.',
  asksBoxToo: 'For a box we also ask where to send it. A telephone number is your choice.',
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
  checkoutName: 'Order form',
  checkoutTitle: 'Where should we send it?',
  checkoutTitleDownload: 'Where should the key go?',
  checkoutLede: 'Each field says why we ask and how long we keep it.',
  pay: (price: string, processor: string) => `Pay ${price} at ${processor}`,
  cardTitle: 'Your card number never reaches us.',
  card: (processor: string) => `You type it at ${processor}, our card processor. It tells us “paid” and an order number.`,
  cardSim: 'Here a simulator plays the processor, so use the test cards it shows you.',
  sentTo: (processor: string) =>
    `When you go on, we pass ${processor} the order number, the amount and the link back to this shop. Nothing that says who you are.`,

  errors: {
    priceChanged: 'The price has changed since you opened this page. Please look at the new total and send the form again.',
    differentOrder: 'This form was already sent with other details. Please start from the product page again.',
    notSold: 'We cannot sell this order at the moment. Nothing was taken from you.',
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
    A: 'Alfa', B: 'Bravo', C: 'Charlie', D: 'Delta', E: 'Echo', F: 'Foxtrot', G: 'Golf', H: 'Hotel', J: 'Juliett', K: 'Kilo', M: 'Mike', N: 'November', P: 'Papa',
    Q: 'Quebec', R: 'Romeo', S: 'Sierra', T: 'Tango', V: 'Victor', W: 'Whiskey', X: 'X-ray', Y: 'Yankee', Z: 'Zulu',
  } as Readonly<Record<string, string>>,
  keyWithdrawn: 'This key was withdrawn when the order was paid back.',
  keyComing: 'Your key is being made and comes by mail within a minute.',
  keyGone: 'We no longer hold a copy of this key that we could show. It goes on working.',
  getFile: (product: string) => `Download ${product}`,
  mailed: 'We have also sent the key and a receipt to the e-mail address that you gave.',
  boxOnItsWay: 'Your box was handed over to the post.',
  boxSoon: 'We pack the box by hand, usually on the next working day.',
  refunded: 'The whole amount goes back to the card it came from. Banks take up to ten days.',
  partlyRefunded: 'Part of the amount was paid back.',
  cancelled: 'Nothing will be sent and nothing was taken.',
  keepLink: 'This page closes two hours after the order. The link in your mail works for 30 days.',

  orderTitle: (number: string) => `Order ${number}`,
  orderDate: 'Ordered on',
  orderPaid: 'Paid',
  orderState: 'Where it stands',
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
  mailSubject: (number: string) => `Your order ${number}`,
  mail: (order: {
    number: string
    total: string
    lines: readonly string[]
    keys: readonly { product: string; key: string }[]
    refunded: boolean
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
      ...(order.refunded ? ['This order was paid back in full, so its key is withdrawn.', ''] : []),
      ...order.keys.flatMap(({ product, key }) => [`Licence key for ${product}:`, key, '']),
      ...(order.box ? ['Your box is packed by hand and posted, usually on the next working day.', ''] : []),
      'Your order, with the key and the download, for 30 days:',
      order.link,
      '',
      'See, take or erase what we hold about you, at any time:',
      order.dataLink,
      '',
      'Please keep this mail. The line below closes our log of who opened personal data;',
      'with it you can prove that the log was not rewritten later.',
      `${order.root.day} ${order.root.hash}`,
      '',
      order.vendor,
    ].join('\n'),
  closedTitle: 'This link no longer works',
  closed: 'Links to an order end after a while, so that an old mail cannot show your order to others. Write to us and we send a new one.',
} as const
