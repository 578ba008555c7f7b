/** What the simulator is told when it starts: addresses and secrets, nothing else. A processor without settings is not played. */
export type SimSettings = {
  readonly port: number
  /** Where the shop takes messages. Shape: an origin; each processor posts to `/in/<id>` below it. */
  readonly shop: string
  /** Shape: 32 bits; any when absent. */
  readonly seed?: number
  /** How long a payment is on its way, and how late a late message is. */
  readonly lateMs?: number
  readonly stripe?: { readonly apiKey: string; readonly webhookSecret: string }
  readonly paddle?: { readonly apiKey: string; readonly webhookSecret: string }
  readonly swreg?: {
    readonly shopId: string
    /** The secret part of the shop's addresses. */
    readonly path: string
    readonly refundSecurity: string
    readonly salesAddress: string
    /** With which receipts are asked for. */
    readonly password: string
    /** Shape: minor units, by product code; nothing is sold for less than `leastMinor`. */
    readonly products: Readonly<Record<string, { readonly minor: number; readonly leastMinor: number }>>
  }
  readonly regnow?: {
    readonly vendorId: string
    readonly path: string
    /** Shape: minor units, by item, in the vendor's currency. */
    readonly items: Readonly<Record<string, number>>
  }
  readonly sealed?: { readonly apiKey: string; readonly webhookSecret: string }
}

type Env = Readonly<Record<string, string | undefined>>

/** Reads SIM_SETTINGS, and SIM_SEED when a run shall be played again. Errors: throws when there is nothing to read. */
export function readSettings(env: Env): SimSettings {
  const settings = JSON.parse(env['SIM_SETTINGS'] ?? '') as SimSettings
  return env['SIM_SEED'] ? { ...settings, seed: Number(env['SIM_SEED']) } : settings
}
