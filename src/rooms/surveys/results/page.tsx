import { Bar, Btn, LinkBtn, Notice, Part, PostForm, Table, type AtDesk } from '../../../web/index.ts'
import type { SurveysContext } from '../context.ts'
import { CallOff, Frame, pathOf } from '../staff/pages.tsx'
import { en } from '../staff/words.ts'
import { optionsOf } from '../form/definition.ts'
import type { Survey } from '../queries.ts'
import type { Cell } from './hide.ts'
import type { Results, Texts, Written } from './look.ts'
import type { Counted, Tally } from './tally.ts'

type PageProps = { ctx: SurveysContext; at: AtDesk; survey: Survey; results: Results }

/** The results of a closed survey. */
export function ResultsPage({ ctx, at, survey, results }: PageProps) {
  const { tally } = results
  const path = pathOf(survey)
  return (
    <Frame ctx={ctx} at={at} title={en.resultsTitle(survey.definition.title)}>
      {tally.outcome === 'tooFew' ? (
        <p class="lede">{en.tooFew}</p>
      ) : (
        <>
          <p class="lede">{en.answers(tally.answers)}</p>
          <p class="small muted">{en.resultsLede}</p>
          <Questions ctx={ctx} survey={survey} tally={tally} texts={results.texts} />
        </>
      )}
      <div class="row">
        {survey.mode === 'named' ? (
          <LinkBtn weight="quiet" href={`${path}/answers`}>
            {en.namedLink}
          </LinkBtn>
        ) : null}
        {tally.outcome === 'tooFew' ? null : (
          <LinkBtn weight="quiet" href={`${path}/results.csv`}>
            {en.csv}
          </LinkBtn>
        )}
        <LinkBtn weight="quiet" href={`${path}/questions.json`}>
          {en.download}
        </LinkBtn>
        <CallOff ctx={ctx} survey={survey} />
      </div>
    </Frame>
  )
}

type QuestionsProps = {
  ctx: SurveysContext
  survey: Survey
  tally: Extract<Tally, { outcome: 'counted' }>
  texts: Results['texts']
}

function Questions({ ctx, survey, tally, texts }: QuestionsProps) {
  return (
    <>
      {tally.questions.map((counted, place) => {
        const written = texts.get(place)
        return (
          <Part id={`q${place}`} title={counted.question.text}>
            {written ? (
              <TextsPart ctx={ctx} survey={survey} texts={written} />
            ) : (
              <Counts counted={counted} all={tally.answers} />
            )}
          </Part>
        )
      })}
    </>
  )
}

function Counts({ counted, all }: { counted: Counted; all: number }) {
  const { question, cells, empty } = counted
  const row = (label: string, cell: Cell) => [
    <bdi>{label}</bdi>,
    cell === undefined ? <Bar width={4} label={en.hidden} /> : String(cell),
    cell === undefined ? '' : <Share part={cell} of={all} />,
  ]
  const rows = optionsOf(question).map((label, place) => row(label, cells[place]))
  if ([...cells, empty].every((cell) => cell === undefined)) return <p>{en.allHidden}</p>
  const last = question.kind === 'choices' ? [] : [row(en.leftEmpty, empty)]
  return (
    <Table
      label={en.countsOf(question.text)}
      head={[en.option, en.count, en.share]}
      rows={[...rows, ...last]}
      right={[1]}
    />
  )
}

/** A bar as long as its share, in a frame as long as the whole: a solid bar is what hides a number. The share stands in words beside it. */
function Share({ part, of }: { part: number; of: number }) {
  const percent = Math.round((100 * part) / of)
  return (
    <span>
      <svg viewBox="0 0 100 10" width="100" height="10" aria-hidden="true" focusable="false">
        <rect x="0.5" y="0.5" width="99" height="9" fill="none" stroke="currentColor" />
        <rect width={String(percent)} height="10" fill="currentColor" fill-opacity="0.4" />
      </svg>{' '}
      {`${percent} %`}
    </span>
  )
}

function TextsPart({ ctx, survey, texts }: { ctx: SurveysContext; survey: Survey; texts: Texts }) {
  if (texts.outcome === 'tooFew') return <p>{en.tooFewTexts}</p>
  const toCheck = texts.outcome === 'toCheck'
  const all = toCheck ? texts.toCheck : texts.texts
  return (
    <>
      {toCheck ? <Notice kind="wait">{en.toCheck(all.length)}</Notice> : <p class="small muted">{en.namedTexts}</p>}
      {all.map((written, at) => (
        <OneText ctx={ctx} survey={survey} written={written} number={at + 1} toCheck={toCheck} />
      ))}
    </>
  )
}

type TextProps = { ctx: SurveysContext; survey: Survey; written: Written; number: number; toCheck: boolean }

function OneText({ ctx, survey, written, number, toCheck }: TextProps) {
  return (
    <div class="stack g2">
      <p class="mail" dir="auto">
        {written.text}
      </p>
      {survey.mode === 'anonymous' ? (
        <PostForm web={ctx.web} action={`${pathOf(survey)}/texts`} class="row">
          <input type="hidden" name="ref" value={written.ref} />
          {toCheck ? (
            <Btn weight="quiet" name="do" value="pass" about={en.aboutText(number)}>
              {en.pass}
            </Btn>
          ) : null}
          <Btn weight={toCheck ? 'danger' : 'quiet'} name="do" value="remove" about={en.aboutText(number)}>
            {en.remove}
          </Btn>
        </PostForm>
      ) : null}
    </div>
  )
}
