import { skewOf, strikes, type FaultName, type Faulty } from './faults/rules.ts'
import { silence, type Answer, type Outgoing, type Post } from './post.ts'

/** How often a processor tries, and how long it waits for an answer. Shape: no wait after so many tries means that it gives up. */
export type Plan = { readonly timeoutMs: number; readonly waitMs: (tries: number) => number | undefined }

/** What a face wants to be told. */
export type Draft = {
  readonly id: string
  readonly face: string
  readonly kind: string
  /** The shop's own opaque id of the order; empty when it is about none. */
  readonly order: string
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly body: string
  readonly secret: string
  readonly headers: (at: number, secret: string) => Readonly<Record<string, string>>
  readonly plan: Plan
  /** Whether an answer is good; 2xx when the face does not say. */
  readonly heard?: (answer: Answer) => boolean
  /** What the face does when it has tried in vain. */
  readonly gaveUp?: () => void
}

/** A message that is sent again and again until it is answered. */
export type Message = Draft & {
  readonly made: number
  tries: number
  status: number
  retrying: boolean
  state: 'waiting' | 'delivered' | 'lost' | 'dropped'
}

/** What sending needs. */
export type Sender = Faulty & {
  readonly post: Post
  readonly messages: Map<string, Message>
  /** New messages are kept until they are released. */
  held: boolean
}

/** Waits that grow by the same factor. Shape: so many tries after the first within `overMs`, the second `firstMs` after it. */
export function backOff(tries: number, overMs: number, firstMs: number): Plan['waitMs'] {
  const sum = (factor: number): number =>
    Array.from({ length: tries }, (_, index) => factor ** index).reduce((all, one) => all + one, 0)
  let [low, high] = [1, 10]
  for (let round = 0; round < 60; round += 1) {
    const middle = (low + high) / 2
    if (firstMs * sum(middle) > overMs) high = middle
    else low = middle
  }
  return (tried) => (tried > tries ? undefined : Math.round(firstMs * low ** (tried - 1)))
}

/** Takes a message on, and sends it at once unless messages are held. */
export function emit(sender: Sender, draft: Draft): Message {
  const message = taken(sender, draft)
  if (!sender.held) sender.clock.after(0, () => workOf(begin(sender, message)))
  return message
}

/** Takes a message on and sends it at once, for a processor that waits for what the shop answers. Shape: silence while messages are held. */
export function ask(sender: Sender, draft: Draft): Promise<Answer> {
  const message = taken(sender, draft)
  return sender.held ? Promise.resolve(silence) : send(sender, message)
}

function taken(sender: Sender, draft: Draft): Message {
  const message: Message = {
    ...draft,
    made: sender.clock.now(),
    tries: 0,
    status: 0,
    retrying: false,
    state: 'waiting',
  }
  sender.messages.set(message.id, message)
  return message
}

/** Sends a message once more, and comes back with what the processor heard; it tries again later when that was not good. */
export function send(sender: Sender, message: Message): Promise<Answer> {
  return begin(sender, message).answer
}

/** Sends everything that was held back or not yet heard. */
export async function release(sender: Sender): Promise<void> {
  sender.held = false
  for (const message of sender.messages.values()) if (message.state === 'waiting') await send(sender, message)
}

/** A try that was begun. Shape: `later` when a fault keeps it for a while, so that nobody waits for it. */
type Begun = { readonly answer: Promise<Answer>; readonly later: boolean }

function workOf({ answer, later }: Begun): Promise<Answer> | undefined {
  return later ? undefined : answer
}

function begin(sender: Sender, message: Message): Begun {
  const struck = (fault: FaultName): number | undefined => strikes(sender, fault, message)
  if (sender.faults.disabled.has(message.face)) return { answer: Promise.resolve(silence), later: false }
  message.tries += 1
  if (struck('drop') !== undefined) {
    if (message.state === 'waiting') message.state = 'lost'
    message.gaveUp?.()
    return { answer: Promise.resolve(silence), later: false }
  }
  const transmit = transmission(sender, message)
  const windowMs = struck('reorder')
  if (windowMs !== undefined) return { answer: gathered(sender, transmit, windowMs), later: true }
  const delayMs = struck('delay')
  if (delayMs !== undefined) return { answer: postponed(sender, transmit, delayMs), later: true }
  return { answer: transmit(), later: false }
}

function postponed(sender: Sender, transmit: () => Promise<Answer>, ms: number): Promise<Answer> {
  return new Promise((done) => sender.clock.after(ms, async () => done(await transmit())))
}

function gathered(sender: Sender, transmit: () => Promise<Answer>, windowMs: number): Promise<Answer> {
  const { bag } = sender.faults
  if (bag.length === 0)
    sender.clock.after(windowMs, async () => {
      for (const one of sender.random.shuffled(bag.splice(0))) await one()
    })
  return new Promise((done) => bag.push(async () => done(await transmit())))
}

/** All chance is drawn before anything is sent, so that what runs at the same time cannot change it. */
function transmission(sender: Sender, message: Message): () => Promise<Answer> {
  const copies = 1 + Math.min(strikes(sender, 'duplicate', message) ?? 0, 100)
  const requests = Array.from({ length: copies }, () => requestOf(sender, message))
  const failed = strikes(sender, 'answer500', message) !== undefined
  const unheard = strikes(sender, 'answerTimeout', message) !== undefined
  return async () => {
    const [first = silence] = await Promise.all(requests.map((request) => sender.post(request())))
    const heard = unheard ? silence : failed ? { status: 500, text: '' } : first
    return settled(sender, message, heard)
  }
}

/** What goes out. It is signed when it goes, and changed on the way after that. */
function requestOf(sender: Sender, message: Message): () => Outgoing {
  const { method, url, body, plan } = message
  const struck = (fault: FaultName): number | undefined => strikes(sender, fault, message)
  const secret = struck('wrongSecret') === undefined ? message.secret : `${message.secret}x`
  const apart = skewOf(sender, message.face) + (struck('futureTime') ?? 0) - (struck('staleTime') ?? 0)
  const slowMs = struck('slowBody')
  const hurt = struck('corrupt') === undefined ? undefined : sender.random.next()
  return () => {
    const headers = message.headers(sender.clock.now() + apart, secret)
    const sent = { method, headers, timeoutMs: plan.timeoutMs, ...(slowMs !== undefined && { slowMs }) }
    if (hurt === undefined) return { ...sent, url, body }
    return method === 'GET'
      ? { ...sent, url: corruptQuery(url, hurt), body }
      : { ...sent, url, body: corrupt(body, hurt) }
  }
}

/** Another letter or digit in place of one, so that what arrives is still text. */
function corrupt(text: string, chance: number): string {
  const places = [...text.matchAll(/[0-9A-Za-z]/g)].map(({ index }) => index)
  const at = places[Math.floor(chance * places.length)]
  if (at === undefined) return `${text}x`
  return text.slice(0, at) + (text[at] === 'x' ? 'y' : 'x') + text.slice(at + 1)
}

function corruptQuery(url: string, chance: number): string {
  const [path = '', query = ''] = url.split('?')
  return `${path}?${corrupt(query, chance)}`
}

function settled(sender: Sender, message: Message, answer: Answer): Answer {
  const { failures, disabled } = sender.faults
  const good = message.heard ? message.heard(answer) : answer.status >= 200 && answer.status < 300
  message.status = answer.status
  if (good) {
    message.state = 'delivered'
    failures.delete(message.face)
    return answer
  }
  const inRow = (failures.get(message.face) ?? 0) + 1
  failures.set(message.face, inRow)
  const most = strikes(sender, 'disableEndpoint', message)
  if (most !== undefined && inRow >= most) disabled.add(message.face)
  tryLater(sender, message)
  return answer
}

function tryLater(sender: Sender, message: Message): void {
  if (message.state !== 'waiting' || message.retrying) return
  const ms = message.plan.waitMs(message.tries)
  if (ms === undefined) {
    message.state = 'dropped'
    message.gaveUp?.()
    return
  }
  message.retrying = true
  sender.clock.after(ms, () => {
    message.retrying = false
    return message.state === 'waiting' ? workOf(begin(sender, message)) : undefined
  })
}
