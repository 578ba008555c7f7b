import { z } from 'zod'

/** How many options, questions and letters a survey may have. */
export const limits = {
  title: 120,
  intro: 1000,
  question: 300,
  option: 120,
  options: 12,
  questions: 20,
  text: 1000,
  file: 64_000,
} as const

const line = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .regex(/^[^\p{Cc}\p{Cs}\uFFFD\u2028\u2029]*$/u)
const options = z
  .array(line(limits.option))
  .min(2)
  .max(limits.options)
  .refine((all) => new Set(all).size === all.length)
const text = line(limits.question)

const question = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('choice'), text, options }),
  z.strictObject({ kind: z.literal('choices'), text, options }),
  z.strictObject({ kind: z.literal('scale'), text }),
  z.strictObject({ kind: z.literal('recommend'), text }),
  z.strictObject({ kind: z.literal('text'), text }),
])

const definition = z.strictObject({
  title: line(limits.title),
  intro: z.string().trim().max(limits.intro),
  questions: z
    .array(question)
    .max(limits.questions)
    .refine((all) => new Set(all.map((one) => one.text)).size === all.length),
})

/** One question of a survey. Source: by-survey; each may be left empty. */
export type Question = z.infer<typeof question>

/** The five kinds of question: one of several, several of several, 1 to 5, 0 to 10, free text. */
export type QuestionKind = Question['kind']

/** A survey as it is written, exported and imported. */
export type Definition = z.infer<typeof definition>

/** The kinds in the order in which they are offered. */
export const kinds: readonly QuestionKind[] = ['choice', 'choices', 'scale', 'recommend', 'text']

/** What is wrong with a definition, as a word, and with which question. Shape: `question` counts from 0; `other` is a part that no survey has. */
export type Fault = {
  readonly what:
    'title' | 'intro' | 'kind' | 'text' | 'options' | 'twice' | 'many' | 'other' | 'unreadable' | 'tooLarge'
  readonly question?: number
}

/** A definition that was read, or all that is wrong with it. */
export type ReadDefinition =
  { readonly ok: true; readonly definition: Definition } | { readonly ok: false; readonly faults: readonly Fault[] }

/** Reads a definition from data. */
export function readDefinition(source: unknown): ReadDefinition {
  const read = definition.safeParse(source)
  return read.success ? { ok: true, definition: read.data } : { ok: false, faults: read.error.issues.map(faultOf) }
}

function faultOf({ path, code }: z.core.$ZodIssue): Fault {
  const [first, question, inside] = path
  if (first === 'title' || first === 'intro') return { what: first }
  if (first !== 'questions') return { what: 'other' }
  if (typeof question !== 'number') return { what: wholeFault[code] ?? 'other' }
  return { what: parts.find((part) => part === inside) ?? 'other', question }
}

const parts = ['kind', 'text', 'options'] as const
const wholeFault: Readonly<Record<string, Fault['what']>> = { custom: 'twice', too_big: 'many' }

/** Reads a definition from the text of an exported file. */
export function readFileText(file: string): ReadDefinition {
  if (file.length > limits.file) return { ok: false, faults: [{ what: 'tooLarge' }] }
  try {
    return readDefinition(JSON.parse(file))
  } catch {
    return { ok: false, faults: [{ what: 'unreadable' }] }
  }
}

/** A definition as it is stored, and as it is exported. */
export function fileJson(written: Definition): string {
  return `${JSON.stringify(written, null, 2)}\n`
}

const upTo = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, step) => String(from + step))

/** What can be chosen, in order; nothing for free text. */
export function optionsOf(of: Question): readonly string[] {
  switch (of.kind) {
    case 'choice':
    case 'choices':
      return of.options
    case 'scale':
      return upTo(1, 5)
    case 'recommend':
      return upTo(0, 10)
    case 'text':
      return []
  }
}
