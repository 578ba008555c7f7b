import type { Child } from 'hono/jsx'
import { Btn, Choices, Fields, LinkBtn, PostForm, Sheet, choicesOf } from '../../../web/index.ts'
import type { LettersContext } from '../context.ts'
import { countries } from '../countries.ts'
import { addressForm, type Refused } from '../arrive/form.ts'
import { en } from '../words.ts'
import { FormId, Input } from './input.tsx'

type Props = { ctx: LettersContext; path: string; refused?: Refused | undefined }

/** What a letter can bring beside an answer. */
export function Acts({ ctx, path, refused }: Props) {
  return (
    <Sheet id="acts" title={en.actsTitle}>
      <Right ctx={ctx} path={path} refused={refused} />
      <Act title={en.returnedTitle} lede={en.returnedLede}>
        <PostForm web={ctx.web} action={`${path}/returned`}>
          <Btn weight="quiet">{en.returnedButton}</Btn>
        </PostForm>
      </Act>
      <Moved ctx={ctx} path={path} refused={refused} />
      <Died ctx={ctx} path={path} refused={refused} />
      <Act title={en.fileTitle}>
        <p>
          <LinkBtn weight="quiet" href="/desk/copies">
            {en.registerLink}
          </LinkBtn>
        </p>
        <PostForm web={ctx.web} action={`${path}/done`}>
          <Btn weight="quiet">{en.doneButton}</Btn>
        </PostForm>
      </Act>
    </Sheet>
  )
}

function Act({ title, lede, children }: { title: string; lede?: string; children?: Child }) {
  return (
    <div class="stack g3">
      <h3>{title}</h3>
      {lede ? <p class="small">{lede}</p> : null}
      {children}
    </div>
  )
}

function Right({ ctx, path, refused }: Props) {
  const choices = choicesOf(en.rights)
  return (
    <Act title={en.rightTitle} lede={en.rightLede}>
      <PostForm web={ctx.web} action={`${path}/right`} class="stack g3">
        <FormId now={ctx.now} />
        <Choices name="right" legend={en.rightLegend} choices={choices} error={refused?.errors['right']} />
        <Btn weight="quiet">{en.rightButton}</Btn>
      </PostForm>
    </Act>
  )
}

function Moved({ ctx, path, refused }: Props) {
  const { values = {}, errors = {} } = refused?.form === 'moved' ? refused : {}
  return (
    <Act title={en.movedTitle} lede={en.movedLede}>
      <PostForm web={ctx.web} action={`${path}/moved`} class="stack g3">
        <Fields
          notice={ctx.web.policyVersion()}
          form={addressForm(ctx.policy)}
          values={values}
          errors={errors}
          countries={countries}
        />
        <Known form="moved" value={values['known']} error={errors['known']} />
        <Btn weight="quiet">{en.movedButton}</Btn>
      </PostForm>
    </Act>
  )
}

function Died({ ctx, path, refused }: Props) {
  const { values = {}, errors = {} } = refused?.form === 'deceased' ? refused : {}
  const choices = choicesOf(en.reportedBy)
  return (
    <Act title={en.deceasedTitle} lede={en.deceasedLede}>
      <PostForm web={ctx.web} action={`${path}/deceased`} class="stack g3">
        <Choices name="by" legend={en.deceasedLegend} choices={choices} chosen={values['by']} error={errors['by']} />
        <Known form="deceased" value={values['known']} error={errors['known']} />
        <Btn weight="danger">{en.deceasedButton}</Btn>
      </PostForm>
    </Act>
  )
}

type KnownProps = { form: NonNullable<Refused['form']>; value: string | undefined; error: string | undefined }

/** Whom it concerns, where somebody else wrote. */
function Known({ form, value, error }: KnownProps) {
  const asked = { name: 'known', type: 'email', label: en.knownLabel, why: en.knownWhy } as const
  return <Input {...asked} id={`known-${form}`} value={value} error={error} />
}
