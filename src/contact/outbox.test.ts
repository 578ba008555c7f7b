import { expect, test } from 'vitest'
import { higosoft } from '../../test/policy.ts'
import { mayReveal } from '../policy/index.ts'

test('every purpose that writes mails may show its own finished mails, so that the outbox can', () => {
  const policy = higosoft()
  const mailing = Object.values(policy.purposes).filter((purpose) => purpose.recipients.includes('mailHost'))
  const showing = mayReveal(policy)
    .filter((row) => row.part === 'message')
    .map((row) => row.purpose)
  expect(mailing.length).toBeGreaterThan(0)
  expect(showing).toEqual(expect.arrayContaining(mailing.map((purpose) => purpose.id)))
})

test('the example’s mail host may be given what a mail is made of, and the key that a receipt holds', () => {
  const host = higosoft().recipients.find(({ id }) => id === 'mailHost')
  expect(host?.fields).toEqual(expect.arrayContaining(['email', 'licenceKey']))
  expect(host?.values).toEqual(expect.arrayContaining(['mailId', 'subject', 'text']))
})
