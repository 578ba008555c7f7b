import { Ledger, Link, Pii, Sheet, type AtDesk } from '../../../web/index.ts'
import type { SurveysContext } from '../context.ts'
import { Frame, pathOf } from '../staff/pages.tsx'
import { en } from '../staff/words.ts'
import { optionsOf, type Question } from '../form/definition.ts'
import type { Said } from '../form/read.ts'
import type { Survey } from '../queries.ts'
import type { NamedSheet } from './named.ts'

type NamedProps = {
  ctx: SurveysContext
  at: AtDesk
  survey: Survey
  sheets: readonly NamedSheet[]
  page: number
  more: boolean
}

/** Answers that were given under a name. */
export function NamedPage({ ctx, at, survey, sheets, page, more }: NamedProps) {
  return (
    <Frame ctx={ctx} at={at} title={en.namedTitle(survey.definition.title)}>
      <p class="small muted">{en.namedNote}</p>
      {sheets.length === 0 ? <p>{en.noNamed}</p> : null}
      {sheets.map(({ email, said }, place) => (
        <Sheet id={`s${place}`} title={en.answerNumber(place + 1)} aside={email ? <Pii>{email}</Pii> : en.noEmail}>
          <Ledger
            rows={survey.definition.questions.map((question, at) => ({
              term: question.text,
              text: <bdi>{inWords(question, said[at] ?? null)}</bdi>,
            }))}
          />
        </Sheet>
      ))}
      {more ? <Link href={`${pathOf(survey)}/answers?page=${page + 1}`}>{en.nextPage}</Link> : null}
    </Frame>
  )
}

function inWords(question: Question, said: Said | null): string {
  if (said === null) return en.leftEmpty
  if (typeof said === 'string') return said
  return said.map((place) => optionsOf(question)[place] ?? '').join(', ')
}
