import type { SurveysContext } from './context.ts'
import { dropObjected } from './objections.ts'
import { closePast, eraseCalledOff } from './staff/publish.ts'

/** What surveys do at start and every hour: close what is over, finish what was called off, and take out the invitations of those who said no. */
export async function keepUp(ctx: SurveysContext): Promise<void> {
  await closePast(ctx)
  await eraseCalledOff(ctx)
  await dropObjected(ctx)
}
