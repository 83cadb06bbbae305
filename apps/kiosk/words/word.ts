/** One text of the kiosk: Chinese and English always, and plainer where a visitor has asked for the elder mode. */
export interface Word {
  readonly zh: string
  readonly en: string
  readonly elder?: { readonly zh: string; readonly en: string }
}

export type Words = Readonly<Record<string, Word>>
