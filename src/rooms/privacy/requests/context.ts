import type { DeskFrame } from '../../../web/index.ts'
import type { PrivacyContext } from '../context.ts'

/** What the desk's pages about requests use. */
export type RequestContext = PrivacyContext & { readonly desk: DeskFrame }
