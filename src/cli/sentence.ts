import { Broken, errorCode } from '../lib/index.ts'

const known: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'The database does not answer. Is PostgreSQL running at the address in DATABASE_URL?',
  ENOTFOUND: 'The database’s host has no address. Look at DATABASE_URL.',
  '28P01': 'The database refuses the name or password in DATABASE_URL or DATABASE_OWNER_URL.',
  '3D000': 'There is no database of the name in DATABASE_URL. Make it first: see docs/postgresql.md.',
  EACCES: 'A folder cannot be written to. Look at AVOW_DATA and AVOW_KEYS.',
}

/** What is said when the program cannot start: sentences of our own, since another error's text could quote data. */
export function sentenceFor(error: unknown): string {
  if (error instanceof Broken || error instanceof RangeError) return error.message
  return known[errorCode(error)] ?? traced('Avow could not start', error)
}

/** What is said when the running program breaks where nobody waited for it. */
export function lastWords(error: unknown): string {
  return traced('Avow broke and has stopped', error)
}

/** The code and where it happened, without the message. */
function traced(what: string, error: unknown): string {
  const { stack = '', message = '' } = error instanceof Error ? error : {}
  const frames = stack.replace(message, '').split('\n')
  return [`${what}: ${errorCode(error)}.`, ...frames.filter((line) => /^\s+at /.test(line))].join('\n')
}
