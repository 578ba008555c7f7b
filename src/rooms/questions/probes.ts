import { earlier } from '../../lib/index.ts'
import { isOn, type Finding } from '../../policy/index.ts'
import { askingPurposes, fieldsOf } from './askable.ts'
import type { QuestionContext } from './context.ts'
import { lateQuestions, newestQuestions } from './queries.ts'
import { en } from './words.ts'

const HOUR_MS = 3_600_000

/** Looks whether questions and forms are what the promises say. */
export function questionProbes(
  ctx: QuestionContext,
): Readonly<Record<'questions' | 'declining', () => Promise<Finding>>> {
  return { questions: () => questions(ctx), declining: () => Promise.resolve(declining(ctx)) }
}

async function questions({ db, now, policy }: QuestionContext): Promise<Finding> {
  // What ends is ended by the hour.
  const late = await lateQuestions(db.query, earlier(now(), 2 * HOUR_MS))
  const newest = await newestQuestions(db.query, 1000)
  const beyond = newest.filter(({ purpose, fields }) => {
    const may = Object.keys(policy.purposes[purpose]?.fields ?? {})
    return fields.some((field) => !may.includes(field))
  })
  if (late.length + beyond.length > 0) return { holds: false, text: en.questionsProbe.broken }
  return { holds: true, text: newest.length > 0 ? en.questionsProbe.holds : en.questionsProbe.nothing }
}

function declining({ policy }: QuestionContext): Finding {
  const fields = askingPurposes
    .filter((purpose) => isOn(policy, purpose))
    .flatMap((purpose) => fieldsOf(policy, purpose))
  const holds = fields.length > 0 && fields.every(({ declining: said }) => said !== undefined && said !== '')
  return { holds, text: holds ? en.decliningProbe.holds : en.decliningProbe.broken }
}
