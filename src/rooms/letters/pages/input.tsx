import { newId, type Now } from '../../../lib/index.ts'

type Props = {
  name: string
  type: 'date' | 'file' | 'email'
  label: string
  why: string
  value?: string | undefined
  error?: string | undefined
  /** Tells two fields of one name on a page apart. */
  id?: string
}

/** A field that belongs to the work and not to a person, with what it is for. */
export function Input({ name, type, label, why, value, error, id = name }: Props) {
  return (
    <div class={error ? 'field wrong' : 'field'}>
      <label for={`f-${id}`}>{label}</label>
      {error ? (
        <p class="error" id={`e-${id}`}>
          {error}
        </p>
      ) : null}
      <input
        id={`f-${id}`}
        name={name}
        type={type}
        value={value}
        accept={type === 'file' ? '.pdf,.png,.jpg,.jpeg' : undefined}
        autocomplete="off"
        aria-describedby={error ? `e-${id} w-${id}` : `w-${id}`}
        aria-invalid={error ? 'true' : undefined}
      />
      <p class="small muted" id={`w-${id}`}>
        <span>{why}</span>
      </p>
    </div>
  )
}

/** The id of a form, so that it counts once however often it is sent. */
export function FormId({ now }: { now: Now }) {
  return <input type="hidden" name="form" value={newId<'form'>(now())} />
}
