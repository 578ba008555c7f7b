import { clauseFor, clockOf, formFor, keptText, type FormField, type Policy } from '../../policy/index.ts'
import { en } from './words.ts'

/** The form of a registration: the key, and what the purpose asks for when it stands alone. */
export function registerForm(policy: Policy): FormField[] {
  return [keyField(policy), ...formFor(policy, ['registration'])]
}

/** The key is no field that any form asks from the policy by itself, but whoever types it is told the same about it. */
function keyField(policy: Policy): FormField {
  return {
    name: 'licenceKey',
    label: en.key,
    type: 'text',
    autocomplete: 'off',
    required: true,
    maxLength: 100,
    why: en.keyWhy,
    kept: keptText(clockOf(policy, 'registration')),
    declining: undefined,
    clause: clauseFor(policy, 'registration'),
  }
}
