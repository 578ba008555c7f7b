import { A } from './circleA.ts' // red: typescript/consistent-type-imports
type Kind = 'a' | 'b'
export default function whole(): void {} // red: import/no-default-export
export function any(value: any): A { // red: typescript/no-explicit-any
  return value
}
export function four(a: 1, b: 2, c: 3, d: 4): number { // red: max-params
  return a + b + c + d
}
export function branch(kind: Kind): number {
  switch (kind) { // red: typescript/switch-exhaustiveness-check
    case 'a':
      return 1
  }
  return 2
}
async function later(): Promise<void> {}
export function loose(): void {
  later() // red: typescript/no-floating-promises
}
export function thrown(): never {
  throw 'text' // red: typescript/only-throw-error
}
export const made = (): Date => new Date() // red: no-restricted-globals
export const printed = (): boolean => process.stdout.write('text') // red: no-restricted-properties
export const set = process.env // red: no-restricted-properties
export const said = (): void => console.log('text') // red: no-console
export function deep(list: readonly number[]): number {
  for (const a of list) {
    if (a > 1) {
      for (const b of list) {
        if (b > 1) { // red: max-depth
          return b
        }
      }
    }
  }
  return 0
}
export function twisted(a: boolean, b: boolean): number { // red: complexity
  if (a && b) return 1
  if (a || b) return 2
  if (a && !b) return 3
  if (!a && b) return 4
  if (!a || b) return 5
  return a ? 6 : 7
}
