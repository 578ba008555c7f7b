/** Every kind of mail, letter or call, as whoever got it reads it. A kind without words does not compile. */
export const mailKinds = {
  receipt: 'Receipt with your key',
  howToPay: 'How to pay by bank transfer or cheque',
  privacyLink: 'Link to what we hold about you',
  registerLink: 'Link to confirm a registration',
  copyClaimed: 'Answer about a copy that has an owner',
  copiesLink: 'Link to your copies',
  askFurther: 'A question for something more',
  caseReceived: 'That we have your question',
  caseReply: 'Answer to your question',
  letterAnswer: 'Answer to your letter',
  policyChange: 'What changes in our privacy policy',
  surveyInvitation: 'Invitation to a survey',
  newsConfirm: 'Link to confirm that you want news',
  news: 'News',
  newsTest: 'A trial of news',
  newsLetter: 'News by post',
  newsCall: 'A call with news',
} as const

/** A kind of mail, letter or call. */
export type MailKind = keyof typeof mailKinds

/** Kinds that answer what the person has just asked for, or that are owed to them: a no to news is not about these. */
export const owedKinds: ReadonlySet<MailKind> = new Set(['newsConfirm', 'policyChange'])
