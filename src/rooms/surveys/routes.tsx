import { Hono } from 'hono'
import { isOn } from '../../policy/index.ts'
import type { RailItem } from '../../web/index.ts'
import { answerRoutes } from './answer/routes.tsx'
import type { SurveysContext } from './context.ts'
import { deskPath } from './staff/pages.tsx'
import { deskRoutes } from './staff/routes.tsx'
import { en } from './staff/words.ts'

/** Every page of surveys; none where the vendor has switched them off. */
export function surveysRoutes(ctx: SurveysContext): Hono {
  if (!isOn(ctx.policy, 'survey')) return new Hono()
  return new Hono().route('/', answerRoutes(ctx)).route('/', deskRoutes(ctx))
}

/** The entry of the rail. */
export function surveysRail(): Promise<RailItem> {
  return Promise.resolve({ href: deskPath, label: en.rail })
}
