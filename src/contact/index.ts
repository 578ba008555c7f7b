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
export { contactWords } from './words.ts'
