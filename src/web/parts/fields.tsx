import type { FormField } from '../../policy/index.ts'
import { en } from '../words.ts'
import { Stamp } from './marks.tsx'
import { aria, Wrong } from './typed.tsx'

/** A country that can be chosen. Shape: `code` in ISO 3166 two letters. */
export type Country = { readonly code: string; readonly name: string }

/** A form as it is shown: empty, or again with what was typed and what is wrong with it. */
export type FieldsProps = {
  /** The version of the policy whose words stand beside the fields. It is sent along with what is typed. */
  readonly notice: number
  readonly form: readonly FormField[]
  readonly values?: Readonly<Record<string, string | undefined>>
  readonly errors?: Readonly<Record<string, string>>
  readonly countries?: readonly Country[]
}

/** Every field of a form that the policy calls for, each with its reason, its time and its clause. */
export function Fields({ notice, form, values = {}, errors = {}, countries = [] }: FieldsProps) {
  return (
    <>
      <input type="hidden" name={NOTICE_FIELD} value={String(notice)} />
      {form.map((field) => (
        <Field field={field} value={values[field.name]} error={errors[field.name]} countries={countries} />
      ))}
    </>
  )
}

type FieldProps = {
  field: FormField
  value?: string | undefined
  error?: string | undefined
  countries?: readonly Country[]
}

/** One field with what is said beside it: why we ask, how long it is kept, which clause, and what is wrong with what was typed. */
export function Field({ field, value, error, countries = [] }: FieldProps) {
  const { name, label, required, clause } = field
  return (
    <div class={error ? 'field wrong' : 'field'}>
      <label for={`f-${name}`}>
        {label}
        {required ? null : <span class="optional"> ({en.optional})</span>}
      </label>
      <Wrong id={name} error={error} />
      <Input field={field} value={value ?? ''} error={error} countries={countries} />
      <p class="why" id={`w-${name}`}>
        <Stamp clause={clause} />
        <span>{reason(field)}</span>
      </p>
    </div>
  )
}

function reason({ why, kept, required, declining }: FormField): string {
  const time = `${kept.charAt(0).toUpperCase()}${kept.slice(1)}.`
  return [why, time, required ? undefined : declining].filter((text) => text !== undefined).join(' ')
}

type InputProps = { field: FormField; value: string; error: string | undefined; countries: readonly Country[] }

function Input({ field, value, error, countries }: InputProps) {
  const { name, type, autocomplete, required } = field
  const same = {
    id: `f-${name}`,
    name,
    autocomplete,
    required,
    ...aria(name, error, true),
  }
  if (type === 'textarea')
    return (
      <textarea {...same} rows={3}>
        {value}
      </textarea>
    )
  if (type === 'select') return <CountrySelect same={same} value={value} countries={countries} />
  return <input {...same} type={type} value={value} dir="auto" />
}

function CountrySelect({
  same,
  value,
  countries,
}: {
  same: Record<string, unknown>
  value: string
  countries: readonly Country[]
}) {
  return (
    <select {...same}>
      <option value="" selected={!countries.some(({ code }) => code === value)}>
        {en.chooseCountry}
      </option>
      {countries.map(({ code, name }) => (
        <option value={code} selected={code === value}>
          {name}
        </option>
      ))}
    </select>
  )
}

/** One of a few ways to go on. */
export type Choice = { readonly value: string; readonly label: string; readonly note?: string | undefined }

/** A choice for each of some words. Shape: `words` by value. */
export function choicesOf(words: Readonly<Record<string, string>>): Choice[] {
  return Object.entries(words).map(([value, label]) => ({ value, label }))
}

type ChoicesProps = {
  name: string
  legend: string
  choices: readonly Choice[]
  chosen?: string | undefined
  error?: string | undefined
}

/** A choice between a few ways to go on, none of them chosen beforehand. */
export function Choices({ name, legend, choices, chosen, error }: ChoicesProps) {
  const described = error ? { 'aria-describedby': `e-${name}` } : {}
  return (
    <fieldset class={error ? 'choices wrong' : 'choices'} id={`f-${name}`} {...described}>
      <legend>{legend}</legend>
      <Wrong id={name} error={error} />
      {choices.map(({ value, label, note }) => (
        <label class="choice">
          <input type="radio" name={name} value={value} checked={value === chosen} required />
          <span>
            <strong>{label}</strong>
            {note ? <span class="small muted"> {note}</span> : null}
          </span>
        </label>
      ))}
    </fieldset>
  )
}

/** What is wrong with a form, first on the page, each line leading to its field. Nothing when all is well. */
export function ErrorSummary({ errors = {} }: { errors?: Readonly<Record<string, string>> | undefined }) {
  const all = Object.entries(errors)
  if (all.length === 0) return null
  return (
    <div class="errors" role="alert" tabindex={-1} autofocus>
      <h2>{en.errorsTitle(all.length)}</h2>
      <ul>
        {all.map(([name, text]) => (
          <li>{name === FORM_ERROR ? text : <a href={`#f-${name}`}>{text}</a>}</li>
        ))}
      </ul>
      <p>{en.nothingLost}</p>
    </div>
  )
}

/** The field under which a form sends the version of the policy that it showed. */
export const NOTICE_FIELD = 'notice'

/** The name under which an error stands that belongs to no single field. */
export const FORM_ERROR = 'form'
