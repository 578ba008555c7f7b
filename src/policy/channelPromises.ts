import { kept, type PromiseRow } from './promiseRow.ts'

/** The promises about the ways in which information comes in. */
export const channelPromises: readonly PromiseRow[] = [
  kept('asked-further', {
    sentence: 'If we need more, we first say what and why.',
    clause: 'collected',
    how: 'Our staff can ask only for what the purpose may have and what is not held yet. You get a mail with a page of your own: what, for what, why and until when. What you answer is kept with that purpose and no other.',
    evidence: 'questions',
  }),
  kept('may-decline', {
    sentence: 'You may decline. Then we say what will not work.',
    clause: 'collected',
    how: 'Beside each field stands what will not work without it. A later question has a button that says no, and ends by itself when you do nothing; either way everything else goes on.',
    evidence: 'declining',
  }),
  kept('by-correspondence', {
    sentence: 'E-mails and letters to us are handled by these rules.',
    clause: 'correspondence',
    about: 'correspondence',
    how: 'A letter makes no profile: what it says and who wrote it is sealed under a key of its own, and destroyed 30 days after it came. Mail to us is filed the same way, as a question or a case. Every answer to a letter says why we hold it, how long, and what you can ask. A letter that comes back stops post to that address, and a death stops everything, also what is already waiting.',
    evidence: 'letters',
  }),
  kept('by-support', {
    sentence: 'Help by telephone or e-mail asks only what the case needs.',
    clause: 'support',
    about: 'support',
    how: 'The form needs an address and what is wrong; anything else may stay empty and says what it would help. On the telephone the staff first read out what is kept, and you may give nothing but what is wrong. Whoever opens a case leaves a line that you can see, any part of a message can be destroyed alone, and a closed case goes after its time.',
    evidence: 'cases',
  }),
  kept('by-enquiry', {
    sentence: 'A question before buying is answered once and gone after 30 days.',
    clause: 'enquiry',
    about: 'enquiry',
    how: 'Your address and your question are held for the answer and give no permission to send you anything else. The answer closes the question; answered or not, it is destroyed when its time is over, also where the mail still lies in the mailbox.',
    evidence: 'enquiries',
  }),
  kept('by-campaign', {
    sentence: 'News only if you want it, and one step to stop it.',
    clause: 'campaignMail',
    about: 'campaignMail',
    how: 'News by e-mail begins when you confirm it from your own mailbox; letters and calls need a yes of their own. One click, one word on the telephone or one button on your page stops it at once, also what is waiting. The no is kept as a scrambled mark, so that no list brings you back. Nothing counts who opens a mail.',
    evidence: 'campaigns',
  }),
  kept('by-registration', {
    sentence: 'Registering a product records you as its owner.',
    clause: 'registration',
    about: 'registration',
    how: 'A copy bought in this shop is registered with the order. For one from elsewhere you type its key; you are recorded when you confirm by the mailed link, and what was typed without that is gone after seven days. Nobody learns from us whether a key has an owner, or who it is. You can give a copy up at any time.',
    evidence: 'registrations',
  }),
  kept('by-purchase', {
    sentence: 'A purchase asks what the purchase needs, and you get what you paid for.',
    clause: 'purchase',
    how: 'Shop, order, payment at the processor, then a key and a download, or a box by post. Whatever the processor sends, however often, each piece gets one key and the order gets one receipt.',
    evidence: 'purchases',
  }),
  kept('by-survey', {
    sentence: 'Surveys are always optional.',
    clause: 'survey',
    about: 'survey',
    how: 'Nothing follows for those who do not take part, and every question may be left empty. An anonymous answer has no row of its own: all answers of a survey lie sealed in one, mixed anew with each. Results never show a group of fewer than five. A code that only you have takes an answer back.',
    evidence: 'surveys',
  }),
]
