/** Runs works of the same owner one after the other and those of different owners side by side. A work that fails does not stop the next. */
export function turns<Owner>(): <R>(owner: Owner, work: () => Promise<R>) => Promise<R> {
  const last = new Map<Owner, Promise<void>>()
  return (owner, work) => {
    const before = last.get(owner)
    const mine = before ? before.then(work) : work()
    const settled: Promise<void> = mine
      .then(
        () => {},
        () => {},
      )
      .then(() => {
        if (last.get(owner) === settled) last.delete(owner)
      })
    last.set(owner, settled)
    return mine
  }
}
