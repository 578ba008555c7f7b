import type { Partners } from '../partners/index.ts'
import type { Vault } from '../vault/index.ts'
export type Uses = Partners | Vault
