/** The simulator's own time, `ahead` seconds before the machine's when a drill moved it. Shape: seconds since 1970 in UTC, as the processor's protocol has it. */
export function seconds({ ahead }: { readonly ahead: number }): number {
  return Math.floor(Date.now() / 1000) + ahead
}

/** Runs something after a while. */
export function afterMs(ms: number, work: () => void): void {
  setTimeout(work, ms).unref()
}
