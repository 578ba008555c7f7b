import { aria, Typed } from '../../../web/index.ts'
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
    <Typed id={id} label={label} hint={why} error={error}>
      <input
        id={`f-${id}`}
        name={name}
        type={type}
        value={value}
        accept={type === 'file' ? '.pdf,.png,.jpg,.jpeg' : undefined}
        autocomplete="off"
        {...aria(id, error, true)}
      />
    </Typed>
  )
}

/** The id of a form, so that it counts once however often it is sent. */
export function FormId({ now }: { now: Now }) {
  return <input type="hidden" name="form" value={newId<'form'>(now())} />
}
