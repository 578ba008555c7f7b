import type { Policy } from '../policy/index.ts' // red
export type Uses = { policy: Policy; vault: import('../vault/index.ts').Vault } // red
