type PickProps = {
  name: string
  chosen: string
  nothing: string
  options: readonly { readonly value: string; readonly label: string }[]
}

/** A choice from a list, with a first entry that chooses nothing. */
export function Pick({ name, chosen, nothing, options }: PickProps) {
  return (
    <select id={`f-${name}`} name={name} aria-describedby={`w-${name}`}>
      <option value="" selected={!options.some(({ value }) => value === chosen)}>
        {nothing}
      </option>
      {options.map(({ value, label }) => (
        <option value={value} selected={value === chosen}>
          {label}
        </option>
      ))}
    </select>
  )
}
