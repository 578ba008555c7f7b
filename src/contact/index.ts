export type { Composed, Composer, MailToCompose, MailTrouble } from './context.ts'
export type { May } from './mayContact.ts'
export { openContact, type Contact } from './open.ts'
export { outboxTransport, type OutboxMail } from './outbox.ts'
export {
  addressLines,
  labelsPdf,
  lettersPdf,
  type Left,
  type Letter,
  type LetterRun,
  type Place,
  type Printed,
} from './paper/index.ts'
export type { LedgerRow } from './queries.ts'
export type { MadeContact, MailOrder } from './send.ts'
export { contactGrants, type Channel, type ContactTables, type StopReason } from './tables.ts'
export { smtpTransport, type SmtpServer } from './transports/smtp.ts'
export { takeIn, type FileMail, type InboundContext, type Mark } from './inbound/takeIn.ts'
export type { InboundFile, InboundMail } from './inbound/mail.ts'
export { cardsInPdf } from './inbound/pdf.ts'
export { signOf, type SignedType } from './inbound/sniff.ts'
export { inboundGrants, type InboundTables } from './inbound/tables.ts'
export { threadFor, type Thread } from './inbound/thread.ts'
export { imapMailbox, type ImapServer } from './transports/imap.ts'
export type { MailKind } from './kinds.ts'
export { contactWords } from './words.ts'
