/** A refusal by the program's own machinery, named by a code that holds nothing personal. */
export class Broken extends Error {
  readonly code: string
  constructor(code: string, options?: { cause?: unknown }) {
    super(code, options)
    this.code = code
  }
}

/** A short word for an error that may be written to a log: its code or class, never its message (which may quote data). */
export function errorCode(error: unknown): string {
  if (error instanceof Broken) return error.code
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code
  return error instanceof Error ? error.name : 'unknown'
}
