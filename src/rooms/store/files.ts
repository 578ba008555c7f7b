import type { Context } from 'hono'
import type { StoreContext } from './context.ts'

/** A file of the vendor's, for saving; undefined when there is none of that name. */
export async function download(
  ctx: Pick<StoreContext, 'files'>,
  c: Context,
  name: string,
): Promise<Response | undefined> {
  const bytes = await ctx.files(name)
  if (!bytes) return undefined
  return c.body(bytes, 200, {
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename="${name}"`,
    'cache-control': 'private, no-store',
  })
}
