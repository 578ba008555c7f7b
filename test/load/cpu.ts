import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

const TICK_MS = 1000 / Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }))

type Stat = { readonly pid: number; readonly parent: number; readonly own: number; readonly reaped: number }

function statOf(pid: number): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const columns = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number)
    const at = (index: number): number => columns[index] ?? 0
    return { pid, parent: at(1), own: at(11) + at(12), reaped: at(13) + at(14) }
  } catch {
    return undefined // it ended while we looked
  }
}

function all(): Stat[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => statOf(Number(name)) ?? [])
}

/** The CPU time of one process and its threads, without its children. Shape: milliseconds since it started. */
export function cpuOf(pid: number): number {
  return (statOf(pid)?.own ?? 0) * TICK_MS
}

/** The CPU time of a process and of all its children, those that ended included. Shape: milliseconds. */
export function cpuOfFamily(pid: number): number {
  const stats = all()
  const head = stats.find((one) => one.pid === pid)
  const children = stats.filter((one) => one.parent === pid)
  return ((head?.own ?? 0) + (head?.reaped ?? 0) + children.reduce((sum, one) => sum + one.own, 0)) * TICK_MS
}

/** The process that a PostgreSQL server on a port was started as. Errors: throws when there is none. */
export function postmasterOn(port: number): number {
  const found = all().find(({ pid }) => {
    const command = commandOf(pid)
    return command[0]?.endsWith('/postgres') && command[command.indexOf('-p') + 1] === String(port)
  })
  if (!found) throw new Error(`no server on port ${port}`)
  return found.pid
}

function commandOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
  } catch {
    return []
  }
}

/** The memory that a process holds now. Shape: MiB; resident, with its threads. */
export function memoryOf(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
}
