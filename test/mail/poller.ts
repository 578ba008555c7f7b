import { imapMailbox, takeIn, type ImapServer, type InboundMail } from '../../src/contact/index.ts'
import { enqueue, openEngine, type JobTables, type Source } from '../../src/db/index.ts'
import { systemNow } from '../../src/lib/index.ts'

/** What a process that polls is told. Shape: `dieAt` is the mail at whose marking it is killed, inside the transaction; 0 is none. */
export type PollerTask = { readonly source: Source; readonly server: ImapServer; readonly dieAt: number }

/** Polls once; a mail becomes a job, so that what it becomes can be counted. */
async function pollOnce({ source, server, dieAt }: PollerTask): Promise<number> {
  const engine = await openEngine(source)
  const db = engine.for<JobTables>()
  let marked = 0
  const file = (mail: InboundMail, mark: Parameters<Parameters<typeof takeIn>[1]>[1]): Promise<void> =>
    db.tx(async (tx) => {
      await enqueue(tx, systemNow(), [{ key: `${mail.subject}:${Math.random()}`, kind: 'filed', ids: {} }])
      const answer = await mark(tx)
      if (answer === 'known') throw new Error('known')
      marked += 1
      if (marked === dieAt) process.kill(process.pid, 'SIGKILL')
    })
  const ctx = {
    db: engine.for<never>() as never,
    mailbox: imapMailbox(server),
    key: Buffer.alloc(32, 7),
    now: systemNow,
    log: () => {},
    bounced: () => Promise.resolve(),
    tellStaff: () => Promise.resolve(),
  }
  try {
    return await takeIn(ctx, (mail, mark) =>
      file(mail, mark).catch((error: unknown) => {
        if (!(error instanceof Error) || error.message !== 'known') throw error
      }),
    )
  } finally {
    await engine.close()
  }
}

const task = process.argv[2]
if (task) await pollOnce(JSON.parse(task) as PollerTask)
