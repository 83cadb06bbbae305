/** Which of its languages a device takes for a wanted one: `en` will do for `en-GB`, and the other way round. */
const base = (language: string) => language.split('-')[0]

export const languageFor = (known: readonly string[], wanted: string): string | undefined =>
  known.find((one) => one === wanted) ?? known.find((one) => base(one) === base(wanted))
