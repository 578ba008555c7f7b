import { kept, notYet, type PromiseRow } from './promiseRow.ts'

/** The promises about the ways in which information comes in. */
export const channelPromises: readonly PromiseRow[] = [
  notYet('asked-further', {
    sentence: 'If we need more, we first say what and why.',
    missing: 'Asking a customer for more is not built yet, so nobody is asked for more.',
  }),
  notYet('may-decline', {
    sentence: 'You may decline. Then we say what will not work.',
    missing:
      'On the order form you can leave optional fields empty, and each required one says what it is for. Declining a later question is not built yet.',
  }),
  notYet('by-correspondence', {
    sentence: 'E-mails and letters to us are handled by these rules.',
    missing: 'Taking in letters and mail is not built yet.',
  }),
  notYet('by-support', {
    sentence: 'Help by telephone or e-mail asks only what the case needs.',
    missing: 'The support desk is not built yet.',
  }),
  notYet('by-enquiry', {
    sentence: 'A question before buying is answered once and gone after 30 days.',
    missing: 'The form for questions is not built yet.',
  }),
  notYet('by-campaign', {
    sentence: 'News only if you want it, and one step to stop it.',
    missing: 'Sending news is not built yet, so none is sent.',
  }),
  notYet('by-registration', {
    sentence: 'Registering a product records you as its owner.',
    missing:
      'A copy bought in this shop is registered with the order. Registering one that was bought elsewhere is not built yet.',
    clause: 'purchase',
  }),
  kept('by-purchase', {
    sentence: 'A purchase asks what the purchase needs, and you get what you paid for.',
    clause: 'purchase',
    how: 'Shop, order, payment at the processor, then a key and a download, or a box by post. Whatever the processor sends, however often, each piece gets one key and the order gets one receipt.',
    evidence: 'purchases',
  }),
  notYet('by-survey', {
    sentence: 'Surveys are always optional.',
    missing: 'Surveys are not built yet, so nobody is asked.',
  }),
]
