import { contactWords } from '../../../contact/index.ts'
import type { Child } from 'hono/jsx'
import { clockOf, isOn, keptText, recipientName, valueText, type Field } from '../../../policy/index.ts'
import { LinkBtn, Page, Part, Pii, Table } from '../../../web/index.ts'
import type { PrivacyContext } from '../context.ts'
import { en as shared } from '../words.ts'
import { mailsOf, readable, textIn, type Held } from './held.ts'
import { en } from './words.ts'

type Props = { readonly ctx: PrivacyContext; readonly held: readonly Held[]; readonly back: string }

/** Everything on one page that people can read and print; made for this look and kept nowhere. */
export function ExportPage({ ctx, held, back }: Props) {
  const { controller } = ctx.policy
  const made = en.exportMade(controller.name, ctx.web.dates.minute(ctx.now()), ctx.web.policyVersion())
  return (
    <Page web={ctx.web} title={en.exportTitle} kind="plain" noindex>
      <div class="stack">
        <h1>{en.exportTitle}</h1>
        <p>{made}</p>
        <p>
          <LinkBtn weight="quiet" href={back}>
            {en.back}
          </LinkBtn>
        </p>
      </div>
      {held.map((one, at) => (
        <OnePart ctx={ctx} held={one} at={at + 1} many={held.length > 1} />
      ))}
    </Page>
  )
}

type PartProps = { ctx: PrivacyContext; held: Held; at: number; many: boolean }

function OnePart({ ctx, held, at, many }: PartProps) {
  const id = (name: string): string => `${name}-${at}`
  return (
    <div class="stack g6">
      {many ? <p class="stamp">{en.person(at)}</p> : null}
      <Part id={id('why')} title={en.whyTitle}>
        <Rows label={id('why')} head={Object.values(en.why)} rows={groundRows(ctx, held)} />
      </Part>
      <Part id={id('values')} title={en.valuesTitle}>
        <Rows label={id('values')} head={Object.values(en.values)} rows={valueRows(ctx, held)} />
        {held.orders.length > 0 ? (
          <p>
            {shared.ordersTitle}: {held.orders.map((order) => order.number).join(', ')}
          </p>
        ) : null}
      </Part>
      {held.also.map(({ title, lines }, place) => (
        <Part id={id(`also${place}`)} title={title}>
          <ul>
            {lines.map((line) => (
              <li>{line}</li>
            ))}
          </ul>
        </Part>
      ))}
      <Part id={id('texts')} title={en.textsTitle}>
        {held.texts.length === 0 ? <p>{en.nothing}</p> : null}
        {held.texts.map((passage) => (
          <p class="pre">
            <Pii>{textIn(passage) ?? en.file}</Pii>
          </p>
        ))}
      </Part>
      <Part id={id('looks')} title={en.looksTitle}>
        <Rows label={id('looks')} head={Object.values(en.looks)} rows={lookRows(ctx, held)} />
        <p class="small muted">{shared.seenLimit}</p>
      </Part>
      <Part id={id('passed')} title={en.passedTitle}>
        <Rows label={id('passed')} head={Object.values(en.passed)} rows={passedRows(ctx, held)} />
      </Part>
      <Part id={id('mails')} title={en.mailsTitle}>
        <Rows label={id('mails')} head={Object.values(en.mails)} rows={mailRows(ctx, held)} />
      </Part>
    </div>
  )
}

function Rows({ label, head, rows }: { label: string; head: readonly string[]; rows: readonly (readonly Child[])[] }) {
  return rows.length > 0 ? <Table label={label} head={head} rows={rows} /> : <p>{en.nothing}</p>
}

function groundRows(ctx: PrivacyContext, { grounds }: Held): Child[][] {
  const { day } = ctx.web.dates
  return grounds
    .filter(({ purpose }) => isOn(ctx.policy, purpose))
    .map(({ purpose, legalBasis, since, until, withdrawnAt, channel, notice }) => {
      const end = until ? day(until) : keptText(clockOf(ctx.policy, purpose))
      return [
        ctx.policy.purposes[purpose]?.title.en ?? purpose,
        en.grounds[legalBasis] ?? legalBasis,
        day(since),
        withdrawnAt ? `${en.takenBack}, ${day(withdrawnAt)}` : end,
        channel,
        String(notice),
      ]
    })
}

function valueRows({ policy }: PrivacyContext, { boxes }: Held): Child[][] {
  return boxes.flatMap(({ class: retention, values }) =>
    Object.entries(values).map(([field, value]) => [
      field in policy.fields ? policy.fields[field as Field].label.en : `${en.madeMail}: ${field}`,
      <Pii>{readable(field, value)}</Pii>,
      en.classes[retention] ?? retention,
    ]),
  )
}

function lookRows({ policy, web }: PrivacyContext, { looks }: Held): Child[][] {
  return looks.map(({ at, role, purpose, parts }) => [
    web.dates.minute(at),
    shared.roles[role],
    policy.purposes[purpose]?.title.en ?? purpose,
    parts.map((part) => shared.parts[part] ?? part).join(', '),
  ])
}

function passedRows({ policy, web }: PrivacyContext, { passed }: Held): Child[][] {
  return passed.map(({ at, recipient, fields, values }) => [
    web.dates.minute(at),
    recipientName(policy, recipient),
    [
      ...fields.map((field) => policy.fields[field as Field]?.label.en ?? field),
      ...new Set(values.map(valueText)),
    ].join(', '),
  ])
}

function mailRows({ web }: PrivacyContext, held: Held): Child[][] {
  return mailsOf(held).map(({ madeAt, kind }) => [web.dates.minute(madeAt), contactWords.kinds[kind]])
}
