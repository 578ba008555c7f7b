import { hostile } from './hostile.ts'
import { machines } from './machines.ts'
import { people } from './people.ts'

/** Mails written for this project, each with what must come out of it. Nobody in them is real. */
export const corpus = [...people, ...machines, ...hostile] as const
