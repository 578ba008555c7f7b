import { startWorker, type JobContext, type JobWorker } from './worker.ts'

/** Kinds of work that have places of their own, so that what hangs in one lane takes none from the others. */
export type LaneOf = { readonly kinds: readonly string[]; readonly most: number }

/** Starts one worker for each lane, and one with `most` places for all other work. They are kicked, waited for and stopped as one. */
export function startLanes(ctx: JobContext, most: number, lanes: readonly LaneOf[]): JobWorker {
  const own = lanes.flatMap(({ kinds }) => kinds)
  const counted = counting(ctx)
  const workers = [
    startWorker({ ...counted.ctx, lane: { but: own } }, most),
    ...lanes.map((lane) => startWorker({ ...counted.ctx, lane: { only: lane.kinds } }, lane.most)),
  ]
  return {
    kick: () => workers.forEach((worker) => worker.kick()),
    idle: () => idle(workers, counted.begun),
    stop: async () => {
      await Promise.all(workers.map((worker) => worker.stop()))
    },
  }
}

/** Work of one lane asks for work of another, so all are idle only when a whole round began nothing. */
async function idle(workers: readonly JobWorker[], begun: () => number): Promise<void> {
  for (let before = -1; before !== begun();) {
    before = begun()
    for (const worker of workers) await worker.idle()
  }
}

function counting(ctx: JobContext): { ctx: JobContext; begun: () => number } {
  let begun = 0
  const handlers = Object.entries(ctx.handlers).map(([kind, run]) => {
    const counted: typeof run = (ids) => {
      begun += 1
      return run(ids)
    }
    return [kind, counted] as const
  })
  return { ctx: { ...ctx, handlers: Object.fromEntries(handlers) }, begun: () => begun }
}
