export function chromium(): string | undefined
export function hasPostgres(root?: string): boolean
export function prepareMachine(): { name: string; why: string }[]
