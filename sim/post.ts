import { setTimeout as pause } from 'node:timers/promises'

/** A request as it goes to the shop. Shape: with `slowMs` its body goes in pieces, so far apart. */
export type Outgoing = {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly timeoutMs: number
  readonly slowMs?: number
}

/** What was heard. Shape: status 0 when there was no answer in time. */
export type Answer = { readonly status: number; readonly text: string }

/** What carries a request to the shop. */
export type Post = (sent: Outgoing) => Promise<Answer>

/** No answer at all. */
export const silence: Answer = { status: 0, text: '' }

const PIECES = 8

/** Carries a request over the network. */
export const fetchPost: Post = async ({ method, url, headers, body, timeoutMs, slowMs }) => {
  const sent = slowMs === undefined ? { body } : { body: inPieces(body, slowMs), duplex: 'half' as const }
  try {
    const answer = await fetch(url, {
      method,
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
      ...(method === 'POST' && sent),
    })
    return { status: answer.status, text: await answer.text() }
  } catch {
    return silence
  }
}

function inPieces(body: string, apartMs: number): ReadableStream<Uint8Array> {
  const bytes = Buffer.from(body)
  const size = Math.max(1, Math.ceil(bytes.length / PIECES))
  let at = 0
  return new ReadableStream({
    async pull(stream) {
      if (at > 0) await pause(apartMs)
      stream.enqueue(bytes.subarray(at, at + size))
      at += size
      if (at >= bytes.length) stream.close()
    },
  })
}
