import type { Database, Tx } from '../../db/index.ts'
export async function deed(ctx: { db: Database<never>; vault: never }): Promise<void> {
  await ctx.vault.reveal() // outside is free
  await ctx.db.tx(async (tx) => {
    await write(ctx, tx)
    await tx.insertInto('task').values({}).execute()
    const rows = tx.selectFrom('task')
    await rows.execute()
    const narrow = tx as unknown as Tx<never>
    await sql`select 1`.execute(narrow)
    await Promise.all([write(ctx, tx), tx.selectFrom('task').execute()])
    await Promise.all([1, 2].map((one) => note(tx, one)))
    await ctx.vault.reveal() // red
    await ctx.db.query.selectFrom('task').execute() // red
    await write(ctx, ctx.db.query) // red
    await Promise.all([write(ctx, tx), ctx.vault.reveal()]) // red
    await Promise.all([1, 2].map((one) => ctx.vault.note(one))) // red
    await Promise.all([1, 2].map(async (one) => {
      await ctx.vault.note(one) // red
    }))
    await fetch('https://example.org') // red
    await new Promise((done) => setTimeout(done, 10)) // red
    for await (const row of ctx.db.query.stream()) void row // red
    if (rows) await ctx.db.tx(async (inner) => { // red
      await write(ctx, inner) // red
    })
    const handOver = () => ctx.partners.disclose()
    await handOver() // red
  })
  await ctx.db.tx((tx) => write(ctx, tx))
  await ctx.db.tx(() => ctx.vault.reveal()) // red
  await ctx.db.tx((tx) => {
    return ctx.vault.reveal(tx.key) // red
  })
  await ctx.db.tx(work) // red
  const { tx } = ctx.db
  await tx(() => ctx.vault.reveal()) // red
}
async function write(ctx: { vault: never }, tx: Tx<never>): Promise<void> {
  await tx.deleteFrom('task').execute()
  await ctx.vault.looks() // red
}
const note = async (tx: Tx<never>, one: number) => {
  await later(one) // red
  return tx
}
