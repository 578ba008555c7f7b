export type Counts = { passed: number; failed: number; skipped: number; because?: string }
export const groups: readonly { name: string; kind: 'vitest' | 'playwright'; needs?: string }[]
export function cleanEnvironment(env: NodeJS.ProcessEnv, more?: Record<string, string>): Record<string, string>
export function countsOf(kind: string, report: unknown): Counts
export function verdict(of: { kind: string; report: unknown; code: number | string | null }): Counts
