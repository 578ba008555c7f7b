import type { Contact } from '../contact/index.ts' // red
export type Uses = Contact
