import type { LedgerRow, OutboxMail } from '../../contact/index.ts'
import { contactWords } from '../../contact/index.ts'
import { Bar, Ledger, Link, LinkBtn, Notice, Page, Pii, Table, When, type Web } from '../../web/index.ts'
import { linked } from './linked.ts'
import { en } from './words.ts'

type ListProps = { readonly web: Web; readonly mails: readonly LedgerRow[] }

/** Every mail, the newest first: when, what, and that there is an address, but not which. */
export function OutboxPage({ web, mails }: ListProps) {
  return (
    <Page web={web} title={en.title} kind="plain" noindex>
      <div class="stack">
        <h1>{en.title}</h1>
        <p class="lede">{en.lede}</p>
      </div>
      {mails.length === 0 ? (
        <p>{en.none}</p>
      ) : (
        <Table
          label={en.listLabel}
          head={[en.head.what, en.head.when, en.head.to, en.head.state]}
          rows={mails.map((mail) => row(web, mail))}
        />
      )}
    </Page>
  )
}

function row(web: Web, mail: LedgerRow) {
  const state = mail.outcome === null ? contactWords.waiting : contactWords.outcome[mail.outcome]
  return [
    <Link href={`/mails/${mail.mailId}`}>{kindOf(mail)}</Link>,
    <When at={mail.madeAt} text={web.dates.minute(mail.madeAt)} />,
    <Bar width={11} label={en.toHidden} />,
    state,
  ]
}

function kindOf(mail: LedgerRow): string {
  return contactWords.kinds[mail.kind]
}

/** One mail as its reader would see it. */
export function MailPage({ web, mail }: { web: Web; mail: Extract<OutboxMail, { outcome: 'shown' }> }) {
  const { row: known, to, subject, text } = mail
  const sentAt = known.handedOverAt ?? known.madeAt
  const rows = [
    { term: en.from, text: web.brand.name },
    { term: en.to, text: <Pii>{to}</Pii> },
    { term: en.sent, text: <When at={sentAt} text={web.dates.minute(sentAt)} /> },
  ]
  return (
    <Page web={web} title={subject} kind="plain" noindex>
      <h1>{subject}</h1>
      <Ledger rows={rows} />
      <pre class="mail">
        {linked(text).map((piece) => (piece.href ? <Link href={piece.href}>{piece.text}</Link> : piece.text))}
      </pre>
      <p class="muted">{en.logged}</p>
      <Back />
    </Page>
  )
}

/** A mail that cannot be shown, and why. */
export function GonePage({ web, mail }: { web: Web; mail: Exclude<OutboxMail, { outcome: 'shown' | 'unknown' }> }) {
  const { title, text } = en.gone[mail.outcome]
  const because = mail.outcome === 'not-sent' && mail.row.because ? contactWords.because(mail.row.because) : undefined
  return (
    <Page web={web} title={title} kind="plain" noindex>
      <h1>{title}</h1>
      <Notice kind="wait">
        <p>{text}</p>
        {because ? <p>{because}</p> : null}
      </Notice>
      <Back />
    </Page>
  )
}

function Back() {
  return (
    <p>
      <LinkBtn href="/" weight="quiet">
        {en.back}
      </LinkBtn>
    </p>
  )
}
