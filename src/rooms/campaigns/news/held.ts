import type { PersonId } from '../../../vault/index.ts'
import { channels, type CampaignContext } from '../context.ts'
import { consentOf } from './queries.ts'
import { en } from './words.ts'

/** To what a person said yes, in the words that stood there, and what became of it; for the person. */
export async function newsHeld(
  { db, web }: Pick<CampaignContext, 'db' | 'web'>,
  person: PersonId,
): Promise<{ title: string; lines: string[] }> {
  const lines: string[] = []
  for (const channel of channels) {
    const yes = await consentOf(db.query, { person, channel })
    if (yes) lines.push(en.heldLine(web.dates.minute(yes.askedAt), yes.words, en.heldState[yes.state]))
  }
  return { title: en.heldTitle, lines }
}
