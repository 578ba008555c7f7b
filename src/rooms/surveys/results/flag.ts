const LIKE_EMAIL = /[^\s@]+\s?(@|\(at\)|\[at\])\s?[^\s@]+\.[^\s@]{2,}/iu
const LIKE_NUMBER = /(?<!\p{Nd})[+(]?\p{Nd}(?:[\s().\-/\u00A0]?\p{Nd}){6,14}(?!\p{Nd})/u
const LIKE_ADDRESS = /https?:\/\/|www\.|(?<![\w.])@\w{2,}/iu

/** Whether a text looks as if it said how somebody can be reached. A name cannot be told from any other word, so none is looked for. */
export function mayName(text: string): boolean {
  return LIKE_EMAIL.test(text) || LIKE_NUMBER.test(text) || LIKE_ADDRESS.test(text)
}
