/** Who wants something: kept with every task, so that an explanation can name the flow, its version and its policy. */
export interface Origin {
  readonly flow: string
  /** Instance id, `flow/key`; answers go there. */
  readonly instance: string
  readonly version: number
  readonly policyRevision: number
  readonly policySetBy: string
}
