import { rightOf, type OrderLine, type OrderState, type Right } from '../../../core/orders/index.ts'
import { Btn, Part, PostForm, Table } from '../../../web/index.ts'
import type { StaffContext } from '../context.ts'
import { en } from '../words.ts'

type Props = {
  readonly ctx: StaffContext
  readonly path: string
  readonly state: OrderState
  readonly lines: readonly OrderLine[]
}

/** Each piece of an order that was paid with the state of its key, and a button to withdraw it or give it back. */
export function KeysPart({ ctx, path, state, lines }: Props) {
  if (state.rest === 'none' || state.cancelled) return null
  const pieces = lines.flatMap((line) => Array.from({ length: line.quantity }, () => line.productName))
  const decided = new Set(state.decisions.map(({ unit }) => unit))
  const rows = pieces.map((product, unit) => [
    en.piece(unit + 1, product),
    en.rights[rightOf(state, unit)] + (decided.has(unit) ? ` ${en.decided}` : ''),
    <RightButtons ctx={ctx} path={path} unit={unit} right={rightOf(state, unit)} />,
  ])
  return (
    <Part id="keys" title={en.keys}>
      <p>{en.keysLede}</p>
      <Table label={en.keysTable} head={en.keysHead} rows={rows} />
    </Part>
  )
}

type ButtonProps = Pick<Props, 'ctx' | 'path'> & { readonly unit: number; readonly right: Right }

/** A key that a bank's question blocks can be decided either way. */
function RightButtons({ ctx, path, unit, right }: ButtonProps) {
  const about = en.ofPiece(unit + 1)
  return (
    <PostForm web={ctx.web} action={`${path}/right`} class="row">
      <input type="hidden" name="unit" value={String(unit)} />
      {right === 'revoked' ? null : (
        <Btn weight="danger" name="do" value="withdraw" about={about}>
          {en.withdraw}
        </Btn>
      )}
      {right === 'active' ? null : (
        <Btn weight="quiet" name="do" value="give" about={about}>
          {en.giveBack}
        </Btn>
      )}
    </PostForm>
  )
}
