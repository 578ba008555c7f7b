import type { Stage } from './stage.ts'

/** Chance that can be repeated: the same seed kills at the same moments. Shape: numbers from 0 up to 1. */
export function chance(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** When one round kills: after so many answers, or so many of another thing that can be seen, and so much later. */
export type Moment = { readonly answers: number; readonly ms: number; readonly seen?: () => number }

/**
 * The moment of one round. The first kills before any answer, the last when all but one have come, the others in between,
 * each at a place of its own that chance moves. Shape: `most` answers can come, `span` milliseconds are the longest wait.
 */
export function momentOf(
  round: { at: number; of: number },
  within: { most: number; span: number },
  random: () => number,
): Moment {
  const last = within.most - 1
  const even = round.of === 1 ? last / 2 : (last * round.at) / (round.of - 1)
  const inside = round.at > 0 && round.at < round.of - 1
  const moved = inside ? even + ((random() - 0.5) * last) / (round.of - 1) : even
  return { answers: Math.round(moved), ms: Math.floor(random() * within.span) }
}

/** What came of everything that was sent at once: the answer, or nothing because the program died first. */
export type Sent<R> = { readonly answer: R | undefined }

/** Sends everything at once and kills the program at a moment among the answers. */
export async function killAmong<R>(
  stage: Pick<Stage, 'kill'>,
  moment: Moment,
  acts: readonly (() => Promise<R | undefined>)[],
): Promise<Sent<R>[]> {
  let answered = 0
  const sent = acts.map(async (act): Promise<Sent<R>> => {
    const answer = await act().catch(() => undefined)
    if (answer !== undefined) answered += 1
    return { answer }
  })
  const all = Promise.all(sent)
  let over = false
  void all.then(() => (over = true))
  const seen = moment.seen ?? (() => answered)
  while (!over && seen() < moment.answers) await new Promise((resolve) => setImmediate(resolve))
  if (moment.ms > 0) await new Promise((resolve) => setTimeout(resolve, moment.ms))
  await stage.kill()
  return all
}
