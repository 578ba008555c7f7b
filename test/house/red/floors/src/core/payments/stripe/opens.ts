import type { Vault } from '../../../vault/index.ts' // red
import { openPartners } from '../../../partners/index.ts' // red
import type { Released } from '../../../partners/index.ts'
import type { Adapter } from '../adapter.ts'
export type Uses = Vault | Released<'stripe'> | Adapter | typeof openPartners
