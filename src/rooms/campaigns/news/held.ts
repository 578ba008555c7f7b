import type { PersonId } from '../../../vault/index.ts'
import { channels, purposeOf, type CampaignContext } from '../context.ts'
import { consentOf } from './queries.ts'
import { en } from './words.ts'

/** To what a person said yes, in the words that stood there, and what became of it; for the person. */
export async function newsHeld(
  { db, web, vault }: Pick<CampaignContext, 'db' | 'web' | 'vault'>,
  person: PersonId,
): Promise<{ title: string; lines: string[] }> {
  const lines: string[] = []
  for (const channel of channels) {
    const yes = await consentOf(db.query, { person, channel })
    if (!yes) continue
    // It may have been taken back on the page of everything that is held, which knows nothing of this table.
    const state = yes.state === 'live' && !(await vault.may(person, purposeOf[channel])) ? 'ended' : yes.state
    lines.push(en.heldLine(web.dates.minute(yes.askedAt), yes.words, en.heldState[state]))
  }
  return { title: en.heldTitle, lines }
}
