import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

// Below what systems give to connections that go out: one of those would take a port that was free a moment ago.
const [FIRST, END] = [20_000, 32_000]
const given = new Set<number>()

/** A port on loopback that is free now, and that was not given to anybody in this process before. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(FIRST, END)
    if (given.has(port) || !(await isFree(port))) continue
    given.add(port)
    return port
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
