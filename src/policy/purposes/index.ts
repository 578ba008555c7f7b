import { dutyPurposes } from './duties.ts'
import { messagePurposes } from './messages.ts'
import { orderPurposes } from './orders.ts'
import { outreachPurposes } from './outreach.ts'

/** Every purpose. One whose room is not built is off: absent from forms, from the published policy and from what may be opened. */
export const purposes = { ...orderPurposes, ...dutyPurposes, ...messagePurposes, ...outreachPurposes } as const
