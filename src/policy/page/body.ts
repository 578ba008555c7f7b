/** One numbered paragraph of the published policy. Shape: `anchor` is unique and stays when numbers move. */
export type Clause = {
  readonly number: number
  readonly anchor: string
  readonly title: string
  readonly sentences: readonly string[]
}

/** One clause before it is numbered. */
export type Body = Omit<Clause, 'number'>

/** Words as a list in a sentence, for instance `name, street and country`. */
export function list(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

/** A label inside a sentence: `e-mail`, but `IP address` as it is. */
export function inside(label: string): string {
  return /^[A-Z][A-Z]/.test(label) ? label : label.charAt(0).toLowerCase() + label.slice(1)
}
