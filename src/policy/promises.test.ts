import { expect, test } from 'vitest'
import { higosoft } from '../../test/policy.ts'
import { clauseFor } from './page/anchors.ts'
import { promises, promisesOf } from './promises.ts'

const ALL = [
  'purpose',
  'need-to-share',
  'committed-partners',
  'never-sold',
  'kept-secure',
  'told',
  'categories',
  'minimum',
  'told-first',
  'asked-further',
  'may-decline',
  'by-correspondence',
  'by-support',
  'by-enquiry',
  'by-campaign',
  'by-registration',
  'by-purchase',
  'by-survey',
  'hosted-cards',
  'regnow',
  'swreg',
  'card-for-payment-only',
  'card-deleted',
  'kept-for-registration',
  'cookies-explained',
  'visits-counted',
  'cookies-unique-and-own',
  'cookies-harmless',
  'cookies-refusable',
]

const REACHED = [
  'swreg',
  'regnow',
  'hosted-cards',
  'by-survey',
  'by-registration',
  'may-decline',
  'asked-further',
  'purpose',
  'categories',
  'minimum',
  'told-first',
  'told',
  'by-correspondence',
  'by-support',
  'by-enquiry',
  'by-campaign',
  'never-sold',
  'by-purchase',
  'committed-partners',
  'need-to-share',
  'card-for-payment-only',
  'card-deleted',
  'kept-for-registration',
  'cookies-explained',
  'visits-counted',
  'cookies-unique-and-own',
  'cookies-harmless',
  'cookies-refusable',
]

test('all twenty-nine promises have a line, each once', () => {
  expect(ALL).toHaveLength(29)
  expect(promises.map((row) => row.id).sort()).toEqual([...ALL].sort())
})

test('a promise that is said to be kept says how, is attacked by a test and shows evidence', () => {
  const backed = promises.filter((row) => row.state === 'kept' || row.state === 'partly')
  expect(backed.map((row) => row.id).sort()).toEqual([...REACHED].sort())
  for (const row of backed) {
    expect(row.test).toBe(`test/promises/${row.id}.db.test.ts`)
    expect([row.how, row.evidence]).not.toContain(undefined)
  }
})

test('what is not kept yet, or in part, says in plain words what is missing', () => {
  for (const row of promises) expect([row.id, row.state !== 'kept']).toEqual([row.id, row.missing !== undefined])
})

test('every promise leads to a clause, also when the registration is off', () => {
  for (const policy of [higosoft(), higosoft({ purposes: { registration: { off: true } } })])
    for (const row of promisesOf(policy)) expect(clauseFor(policy, row.clause).number).toBeGreaterThan(0)
})

test('a promise about a purpose that the vendor switched off says that', () => {
  const off = promisesOf(higosoft({ purposes: { registration: { off: true } } }))
  const changed = off.filter((row, index) => row !== promises[index])
  expect(changed.map((row) => [row.id, row.state, row.evidence])).toEqual([
    ['by-registration', 'off', 'registrations'],
    ['kept-for-registration', 'off', 'registration'],
  ])
  expect(promisesOf(higosoft())).toEqual(promises)
})

test('the words are plain, whole and modest', () => {
  const words = promises.flatMap((row) => [row.sentence, row.how, row.missing]).filter((text) => text !== undefined)
  for (const text of words) expect(text).toMatch(/^[A-Z“].*[.]$/)
  expect(words.join(' ')).not.toMatch(
    /vault|\bdoor|\bfold\b|\bdeed|\bbasis|horizon|disclosure|capability|epoch|anonymi[sz]|guarantee|100 ?%|impossible/i,
  )
})
