import type { Vault } from '../../vault/index.ts' // red
import type { Partners } from '../../partners/index.ts' // red
export type Uses = Vault | Partners
