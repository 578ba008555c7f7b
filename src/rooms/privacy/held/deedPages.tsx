import type { FormField } from '../../../policy/index.ts'
import { Btn, ErrorSummary, Fields, LinkBtn, Page, PostForm } from '../../../web/index.ts'
import type { PrivacyContext } from '../context.ts'
import { en } from './words.ts'

type CorrectProps = {
  readonly ctx: PrivacyContext
  readonly path: string
  readonly back: string
  readonly form: readonly FormField[]
  readonly values: Readonly<Record<string, string | undefined>>
  readonly errors?: Readonly<Record<string, string>>
}

/** The fields of what is held, to be put right. */
export function CorrectPage({ ctx, path, back, form, values, errors = {} }: CorrectProps) {
  return (
    <Page web={ctx.web} title={en.correctTitle} nav="data" noindex wrong={Object.keys(errors).length > 0}>
      <ErrorSummary errors={errors} />
      <div class="stack">
        <h1>{en.correctTitle}</h1>
        <p class="lede">{form.length > 0 ? en.correctLede : en.correctNothing}</p>
        <p class="small muted">{en.correctCountry}</p>
      </div>
      {form.length > 0 ? (
        <PostForm web={ctx.web} action={path} class="stack g5 narrow">
          <Fields notice={ctx.web.policyVersion()} form={form} values={values} errors={errors} />
          <Btn>{en.correctButton}</Btn>
        </PostForm>
      ) : null}
      <BackTo path={back} />
    </Page>
  )
}

/** One deed is done: what that means, and the way back. */
export function DonePage({ ctx, back, what }: { ctx: PrivacyContext; back: string; what: keyof typeof en.done }) {
  return (
    <Page web={ctx.web} title={en.doneTitle} nav="data" noindex>
      <div class="stack">
        <h1>{en.doneTitle}</h1>
        <p class="lede">{en.done[what]}</p>
      </div>
      <BackTo path={back} />
    </Page>
  )
}

function BackTo({ path }: { path: string }) {
  return (
    <p>
      <LinkBtn weight="quiet" href={path}>
        {en.back}
      </LinkBtn>
    </p>
  )
}
