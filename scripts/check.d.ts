export type Step = {
  readonly name: string
  readonly command: readonly string[]
  readonly sees?: RegExp
  readonly least?: number
  readonly shown?: boolean
}
export type StepResult = {
  readonly name: string
  readonly passed: boolean
  readonly words: string
  readonly seconds: number
}
export const steps: readonly Step[]
export function runStep(step: Step, cwd?: string): Promise<StepResult>
