import { contactWords } from '../../../contact/index.ts'
import type { PassedOn } from '../../../partners/index.ts'
import {
  clauseFor,
  clockOf,
  isOn,
  keptText,
  recipientName,
  valueText,
  type Field,
  type Policy,
} from '../../../policy/index.ts'
import type { Holding as Ground, OpenedBox, PastLook } from '../../../vault/index.ts'
import {
  Btn,
  Holding,
  LinkBtn,
  Notice,
  Page,
  Part,
  Pii,
  PostForm,
  Split,
  Stamp,
  Trail,
  type HeldFact,
  type TrailEntry,
} from '../../../web/index.ts'
import type { PrivacyContext } from '../context.ts'
import { en } from '../words.ts'
import { endingOf } from './endUse.ts'
import { mailsOf, readable, textIn, type Held } from './held.ts'
import { en as words } from './words.ts'

type HeldProps = {
  readonly ctx: PrivacyContext
  readonly held: readonly Held[]
  readonly path: string
  readonly own: readonly string[]
}

/**
 * What we hold about you: what, why, since when, until when, who opened it, to whom it was passed on.
 * Shape: `own` has where the deeds of each of `held` are.
 */
export function HeldPage({ ctx, held, path, own }: HeldProps) {
  const nothing = held.every((one) => one.grounds.filter((ground) => ground.purpose !== 'rights').length === 0)
  return (
    <Page web={ctx.web} title={en.heldTitle} nav="data" noindex>
      <div class="stack">
        <h1>{en.heldTitle}</h1>
        <p class="lede">{nothing ? en.heldNothing : en.heldLede}</p>
        <p class="row">
          <LinkBtn href={`${path}/export`}>{words.readButton}</LinkBtn>
          <LinkBtn href={`${path}/export.json`} weight="quiet">
            {en.takeButton}
          </LinkBtn>
          <LinkBtn href={`${path}/erase`} weight="danger">
            {en.forgetButton}
          </LinkBtn>
        </p>
      </div>
      <Split aside={<Seen ctx={ctx} held={held} />}>
        <Part id="held" title={en.heldNow}>
          {held.map((one, at) => (
            <OnePerson ctx={ctx} held={one} path={own[at] ?? path} />
          ))}
        </Part>
        {nothing ? null : <NoNews ctx={ctx} path={path} />}
        <Notice>
          <strong>{en.cardTitle}</strong> {en.card} <Stamp clause={clauseFor(ctx.policy, 'cards')} />
        </Notice>
      </Split>
    </Page>
  )
}

/** A no for good, also for whoever never said yes. */
function NoNews({ ctx, path }: { ctx: PrivacyContext; path: string }) {
  return (
    <PostForm web={ctx.web} action={`${path}/no-news`} class="stack g3">
      <p>{words.noNewsLede}</p>
      <p>
        <Btn weight="quiet">{words.noNews}</Btn>
      </p>
    </PostForm>
  )
}

function OnePerson({ ctx, held, path }: { ctx: PrivacyContext; held: Held; path: string }) {
  const grounds = held.grounds.filter((ground) => isOn(ctx.policy, ground.purpose))
  return (
    <div class="stack">
      {held.orders.length > 0 ? (
        <p class="small muted">
          {en.ordersTitle}: {held.orders.map((order) => order.number).join(', ')}
        </p>
      ) : null}
      <div>
        {grounds.map((ground) => (
          <Holding
            title={ctx.policy.purposes[ground.purpose]?.title.en ?? ground.purpose}
            kept={keptLine(ctx, ground)}
            clause={clauseFor(ctx.policy, ground.purpose)}
            facts={factsOf(ctx.policy, ground, held.boxes)}
          >
            <p class="small muted">
              {ground.purpose === 'rights' ? `${en.heldNothingItself} ` : ''}
              {openersOf(ctx.policy, ground)}
            </p>
            <EndForm ctx={ctx} ground={ground} path={path} />
          </Holding>
        ))}
      </div>
      <Texts held={held} />
      <p>
        <LinkBtn href={`${path}/correct`} weight="quiet">
          {words.correctLink}
        </LinkBtn>
      </p>
    </div>
  )
}

/** The one button that ends a use, where the person may end it. */
function EndForm({ ctx, ground, path }: { ctx: PrivacyContext; ground: Ground; path: string }) {
  const ending = endingOf(ctx, ground)
  if (!ending) return ground.withdrawnAt ? <p class="small">{words.ended}</p> : null
  const title = ctx.policy.purposes[ground.purpose]?.title.en ?? ground.purpose
  return (
    <PostForm web={ctx.web} action={`${path}/end`}>
      <input type="hidden" name="purpose" value={ground.purpose} />
      <Btn weight="quiet" about={title}>
        {words.end[ending]}
      </Btn>
    </PostForm>
  )
}

function Texts({ held }: { held: Held }) {
  const texts = held.texts.map(textIn)
  if (texts.length === 0) return null
  return (
    <details>
      <summary>{words.texts(texts.length)}</summary>
      {texts.map((text) => (
        <p class="pre">{text === undefined ? words.file : <Pii>{text}</Pii>}</p>
      ))}
    </details>
  )
}

function keptLine(ctx: PrivacyContext, ground: Ground): string {
  const since = en.since(ctx.web.dates.day(ground.since))
  if (ground.until) return `${since}, ${en.untilDay(ctx.web.dates.day(ground.until))}.`
  return `${since}, ${keptText(clockOf(ctx.policy, ground.purpose))}.`
}

function openersOf(policy: Policy, ground: Ground): string {
  const openers = policy.purposes[ground.purpose]?.openers ?? []
  return openers.length > 0 ? `${en.openedBy}: ${openers.map((opener) => en.roles[opener]).join(', ')}.` : ''
}

function factsOf(policy: Policy, ground: Ground, boxes: readonly OpenedBox[]): HeldFact[] {
  const fields = Object.keys(policy.purposes[ground.purpose]?.fields ?? {})
  if (ground.purpose === 'rights') return []
  const inside = boxes.filter(
    (box) => box.class === ground.class && (box.part !== 'message' || 'answers' in box.values),
  )
  return inside.flatMap((box) => {
    const named = Object.entries(box.values).filter(([field]) => fields.includes(field))
    return named.map(([field, value]) => ({
      term: policy.fields[field as Field].label.en,
      value: <Pii>{readable(field, value)}</Pii>,
    }))
  })
}

function Seen({ ctx, held }: { ctx: PrivacyContext; held: readonly Held[] }) {
  const looks = held.flatMap((one) => one.looks).filter((look) => look.kind === 'reveal')
  const passed = held.flatMap((one) => one.passed)
  const mails = held.flatMap(mailsOf)
  return (
    <div class="stack g6">
      <section class="stack" aria-labelledby="seen">
        <h2 id="seen">{en.seenTitle}</h2>
        {looks.length === 0 ? (
          <p>{en.nobody}</p>
        ) : (
          <Trail entries={byDay(ctx, looks).map((look) => lookEntry(ctx, look))} />
        )}
        <p class="small muted">{en.seenLimit}</p>
      </section>
      <section class="stack" aria-labelledby="passed">
        <h2 id="passed">{en.passedTitle}</h2>
        {passed.length === 0 ? (
          <p>{en.passedNothing}</p>
        ) : (
          <Trail entries={passed.toSorted(newestFirst).map((one) => passedEntry(ctx, one))} />
        )}
      </section>
      <section class="stack" aria-labelledby="mails">
        <h2 id="mails">{en.mailsTitle}</h2>
        <Trail
          entries={mails.map((mail) => ({
            at: mail.madeAt,
            atText: ctx.web.dates.minute(mail.madeAt),
            text: contactWords.kinds[mail.kind],
          }))}
        />
      </section>
    </div>
  )
}

function newestFirst(a: { at: Date }, b: { at: Date }): number {
  return b.at.getTime() - a.at.getTime()
}

type DayOfLooks = PastLook & { readonly times: number }

/** The same look of one day once, at its last time, with how often: so no look can be pushed out of sight by repeating another. */
function byDay(ctx: PrivacyContext, looks: readonly PastLook[]): DayOfLooks[] {
  const known = new Map<string, DayOfLooks>()
  for (const look of looks.toSorted(newestFirst)) {
    const key = [look.role, look.purpose, look.parts.join(), ctx.web.dates.day(look.at)].join(' ')
    const last = known.get(key)
    known.set(key, last ? { ...last, times: last.times + 1 } : { ...look, times: 1 })
  }
  return [...known.values()]
}

function lookEntry(ctx: PrivacyContext, look: DayOfLooks): TrailEntry {
  const purpose = ctx.policy.purposes[look.purpose]?.title.en.toLowerCase() ?? look.purpose
  const parts = look.parts.map((part) => en.parts[part] ?? part).join(', ')
  return {
    at: look.at,
    atText: ctx.web.dates.minute(look.at),
    you: look.role === 'person',
    text: (
      <>
        <strong>{en.roles[look.role]}</strong>, {purpose}: {parts}
        {look.times > 1 ? en.timesThatDay(look.times) : ''}
      </>
    ),
  }
}

function passedEntry(ctx: PrivacyContext, one: PassedOn): TrailEntry {
  const recipient = recipientName(ctx.policy, one.recipient)
  const fields = one.fields.map((field) => ctx.policy.fields[field as Field]?.label.en.toLowerCase() ?? field)
  const values = [...new Set(one.values.map(valueText))]
  return {
    at: one.at,
    atText: ctx.web.dates.minute(one.at),
    text: (
      <>
        <strong>{recipient}</strong>: {fields.length > 0 ? fields.join(', ') : en.nameless(values)}
      </>
    ),
  }
}
