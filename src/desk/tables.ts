import { contactGrants, inboundGrants } from '../contact/index.ts'
import { cardGrants } from '../core/cards/index.ts'
import { licenceGrants } from '../core/licences/index.ts'
import { orderGrants } from '../core/orders/index.ts'
import { paymentGrants } from '../core/payments/index.ts'
import { jobGrants, type Grants } from '../db/index.ts'
import { partnerGrants } from '../partners/index.ts'
import { campaignGrants } from '../rooms/campaigns/index.ts'
import { changeGrants } from '../rooms/changes/index.ts'
import { importGrants } from '../rooms/imports/index.ts'
import { letterGrants } from '../rooms/letters/index.ts'
import { privacyGrants } from '../rooms/privacy/index.ts'
import { questionGrants } from '../rooms/questions/index.ts'
import { supportGrants } from '../rooms/support/index.ts'
import { surveyGrants } from '../rooms/surveys/index.ts'
import { retentionGrants } from '../rooms/retention/index.ts'
import { visitGrants } from '../rooms/visits/index.ts'
import type { PersonTable } from '../vault/index.ts'
import { webGrants } from '../web/index.ts'

/** Every room's rights, for the migration. */
export const allGrants: readonly Grants[] = [
  jobGrants,
  orderGrants,
  licenceGrants,
  paymentGrants,
  cardGrants,
  partnerGrants,
  contactGrants,
  inboundGrants,
  webGrants,
  privacyGrants,
  questionGrants,
  letterGrants,
  importGrants,
  visitGrants,
  surveyGrants,
  campaignGrants,
  supportGrants,
  retentionGrants,
  changeGrants,
]

/** Every table with a path to a person, and what an erasure does to it. The vault checks that nothing else is left. */
export const personTables: readonly PersonTable[] = [
  { table: 'order_person', column: 'person_id', onErase: 'whileTax' },
  { table: 'licence_owner', column: 'person_id', onErase: 'delete' },
  { table: 'registration', column: 'person_id', onErase: 'delete' },
  { table: 'question', column: 'person_id', onErase: 'delete' },
  { table: 'privacy_request_person', column: 'person_id', onErase: 'delete' },
  { table: 'link_person', column: 'person_id', onErase: 'delete' },
  { table: 'job', column: 'person_id', onErase: 'delete' },
  { table: 'contact_ledger', column: 'person_id', onErase: 'keep' },
  { table: 'disclosure', column: 'person_id', onErase: 'keep' },
  { table: 'erasure_told', column: 'person_id', onErase: 'keep' },
  { table: 'ticket_person', column: 'person_id', onErase: 'delete' },
  { table: 'letter', column: 'person_id', onErase: 'delete' },
  { table: 'letter_reply', column: 'person_id', onErase: 'delete' },
  { table: 'letter_step', column: 'person_id', onErase: 'delete' },
  { table: 'survey_invitation', column: 'person_id', onErase: 'delete' },
  { table: 'survey_named', column: 'person_id', onErase: 'delete' },
  { table: 'news_consent', column: 'person_id', onErase: 'delete' },
  { table: 'processor_event', column: 'person_id', onErase: 'delete' },
  { table: 'campaign_recipient', column: 'person_id', onErase: 'delete' },
]
