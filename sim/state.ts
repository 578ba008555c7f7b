import type { Hono } from 'hono'
import { realClock, type Clock } from './clock.ts'
import type { Drill } from './faults/drill.ts'
import { noFaults } from './faults/rules.ts'
import type { Message, Sender } from './outgoing.ts'
import { noPaddle, type PaddleState } from './paddle/state.ts'
import { fetchPost, type Post } from './post.ts'
import { anySeed, seeded } from './random.ts'
import { noSealed, type SealedState } from './sealed/state.ts'
import type { SimSettings } from './settings.ts'
import { noRegnow, type RegnowState } from './regnow/state.ts'
import { noStripe, type StripeState } from './stripe/state.ts'
import { noSwreg, type SwregState } from './swreg/state.ts'

/** All that the simulator knows. It lives in memory and holds no card number. */
export type SimState = Sender & {
  readonly settings: SimSettings
  /** Where the simulator itself is reached. Shape: an origin. */
  readonly baseUrl: string
  readonly lateMs: number
  readonly stripe: StripeState
  readonly paddle: PaddleState
  readonly swreg: SwregState
  readonly regnow: RegnowState
  readonly sealed: SealedState
}

/** One processor as the simulator plays it. */
export type Face = {
  readonly id: string
  readonly name: string
  /** How true it is, in words that people read. */
  readonly fidelity: string
  /** Everything that is public: its API and its pages, with whole paths. */
  readonly routes: Hono
  /** What whoever tests may do; it stands below `/_sim/<id>`. */
  readonly control: Hono
  /** Pays back of the processor's own accord. Shape: so many payments, all when nothing is said; answers how many. */
  readonly refundAll?: (most?: number) => number
  readonly drill?: Drill
}

/** What may be put in place of the machine's time and of the network. */
export type Ports = { readonly clock?: Clock; readonly post?: Post }

/** An empty simulator. */
export function newState(settings: SimSettings, { clock = realClock(), post = fetchPost }: Ports = {}): SimState {
  return {
    settings,
    baseUrl: `http://localhost:${settings.port}`,
    lateMs: settings.lateMs ?? 3000,
    clock,
    post,
    random: seeded(settings.seed ?? anySeed()),
    messages: new Map<string, Message>(),
    faults: noFaults(),
    held: false,
    stripe: noStripe(),
    paddle: noPaddle(),
    swreg: noSwreg(),
    regnow: noRegnow(),
    sealed: noSealed(),
  }
}
