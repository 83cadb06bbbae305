/** What a check of the doctor says: how it stands, what was found, and what to do about it. */
export interface Check {
  readonly name: string
  readonly state: 'ok' | 'warn' | 'fail'
  readonly found: string
  /** Empty when there is nothing to do. */
  readonly remedy: string
}

export const ok = (name: string, found: string): Check => ({ name, state: 'ok', found, remedy: '' })
export const warn = (name: string, found: string, remedy: string): Check => ({
  name,
  state: 'warn',
  found,
  remedy,
})
export const fail = (name: string, found: string, remedy: string): Check => ({
  name,
  state: 'fail',
  found,
  remedy,
})
