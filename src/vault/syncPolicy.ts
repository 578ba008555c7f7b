import type { OwnerQuery } from '../db/index.ts'
import { mayReveal, type Policy } from '../policy/index.ts'

/** Writes what may be opened, and each clock, into the database, which then refuses the rest by itself. Runs with the owner's rights. */
export async function syncPolicy(ask: OwnerQuery, policy: Policy, login: string): Promise<void> {
  const rows = mayReveal(policy)
  const clocks = Object.values(policy.purposes).map((purpose) => ({
    purpose: purpose.id,
    class: purpose.class,
    period: purpose.clock.period,
  }))
  const logins = [...new Set(rows.map((row) => row.purpose))].map((purpose) => ({ login, purpose }))
  const openers = Object.values(policy.purposes).flatMap((purpose) =>
    purpose.openers.map((role) => ({ purpose: purpose.id, role })),
  )
  await ask('begin')
  try {
    await ask('set local role avow_vault')
    await ask('lock table vault.purpose_part in exclusive mode')
    await ask('delete from vault.purpose_part')
    await ask(
      'insert into vault.purpose_part select x.purpose, x.class, x.part from jsonb_to_recordset($1::jsonb) as x(purpose text, class text, part text)',
      [JSON.stringify(rows)],
    )
    await ask('delete from vault.purpose_clock')
    await ask(
      'insert into vault.purpose_clock select x.purpose, x.class, x.period::interval from jsonb_to_recordset($1::jsonb) as x(purpose text, class text, period text)',
      [JSON.stringify(clocks)],
    )
    await ask('delete from vault.purpose_opener')
    await ask(
      'insert into vault.purpose_opener select x.purpose, x.role from jsonb_to_recordset($1::jsonb) as x(purpose text, role text)',
      [JSON.stringify(openers)],
    )
    await ask('delete from vault.login_purpose')
    await ask(
      'insert into vault.login_purpose select x.login, x.purpose from jsonb_to_recordset($1::jsonb) as x(login name, purpose text)',
      [JSON.stringify(logins)],
    )
    await ask('commit')
  } catch (error) {
    await ask('rollback')
    throw error
  }
}
