/** The two phrases every machine uses: to want something, and to hear about one of its own tasks. */

/** `params` is a named function of context and event in the flow's folder that returns what is wanted. */
export const wish = <P>(params: P) => ({ type: 'intend', params }) as const

/** Guard: the answer is about this task of ours. */
export const about = <R extends string>(ref: R) => ({ type: 'about', params: { ref } }) as const

export const isAbout = ({ event }: { event: { readonly type: string } }, { ref }: { ref: string }): boolean =>
  'ref' in event && event.ref === ref
