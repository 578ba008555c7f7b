import type { FormField } from '../../policy/index.ts'
import { Btn, ErrorSummary, Fields, Link, LinkBtn, Page, PostForm, SayPage } from '../../web/index.ts'
import type { CopiesContext } from './context.ts'
import { en } from './words.ts'

type Props = { readonly ctx: CopiesContext }
type FormProps = Props & {
  readonly form: readonly FormField[]
  readonly values?: Readonly<Record<string, string | undefined>>
  readonly errors?: Readonly<Record<string, string>>
}

/** Register a copy that was bought elsewhere. */
export function RegisterPage({ ctx, form, values = {}, errors = {} }: FormProps) {
  const wrong = Object.keys(errors).length > 0
  return (
    <Page web={ctx.web} title={en.registerTitle} wrong={wrong} description={en.registerLede}>
      <ErrorSummary errors={errors} />
      <div class="stack">
        <h1>{en.registerTitle}</h1>
        <p class="lede">{en.registerLede}</p>
        <p>{en.noNeed}</p>
      </div>
      <PostForm web={ctx.web} action="/register" class="stack g5 narrow">
        <Fields notice={ctx.web.policyVersion()} form={form} values={values} errors={errors} />
        <Btn>{en.registerButton}</Btn>
      </PostForm>
      <div class="stack">
        <p class="small muted">{en.byLetter}</p>
        <p class="small muted">
          {en.registerHave} <Link href="/copies">{en.copiesTitle}</Link>
        </p>
      </div>
    </Page>
  )
}

/** Ask for the link to the copies that are owned under an address. */
export function AskCopiesPage({ ctx, form, values = {}, errors = {} }: FormProps) {
  const wrong = Object.keys(errors).length > 0
  return (
    <Page web={ctx.web} title={en.copiesTitle} wrong={wrong} description={en.copiesLede}>
      <ErrorSummary errors={errors} />
      <div class="stack">
        <h1>{en.copiesTitle}</h1>
        <p class="lede">{en.copiesLede}</p>
      </div>
      <PostForm web={ctx.web} action="/copies" class="stack g5 narrow">
        <Fields notice={ctx.web.policyVersion()} form={form} values={values} errors={errors} />
        <Btn>{en.copiesButton}</Btn>
      </PostForm>
      <p class="small muted">
        <Link href="/register">{en.registerTitle}</Link>
      </p>
    </Page>
  )
}

/** A message of these pages with a way back, to `/copies` or to the form. */
export function BackPage({ ctx, title, text, to }: Props & { title: string; text: string; to: string }) {
  return (
    <SayPage web={ctx.web} title={title} text={text}>
      <p>
        <LinkBtn weight="quiet" href={to}>
          {to === '/copies' ? en.copiesTitle : en.registerAgain}
        </LinkBtn>
      </p>
    </SayPage>
  )
}

/** The mailed link was opened: nobody is recorded before the button is pressed. */
export function ConfirmPage({ ctx, path, product }: Props & { path: string; product: string }) {
  return (
    <Page web={ctx.web} title={en.confirmTitle} noindex>
      <div class="stack">
        <h1>{en.confirmTitle}</h1>
        <p class="lede">{en.confirm(product)}</p>
      </div>
      <PostForm web={ctx.web} action={path}>
        <Btn>{en.confirmButton}</Btn>
      </PostForm>
      <div class="stack">
        <p>{en.noNeed}</p>
        <p class="small muted">{en.ifNot}</p>
      </div>
    </Page>
  )
}
