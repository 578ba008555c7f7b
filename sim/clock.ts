/** The simulator's own time. Shape: seconds since 1970 in UTC, as the processor's protocol has it. */
export function seconds(): number {
  return Math.floor(Date.now() / 1000)
}

/** Runs something after a while. */
export function afterMs(ms: number, work: () => void): void {
  setTimeout(work, ms).unref()
}
