/** `2.4 MB`: as files are told everywhere, in steps of a thousand. */
const units = ['B', 'KB', 'MB', 'GB'] as const

export const sizeSaid = (bytes: number): string => {
  const step = bytes < 1_000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  const value = bytes / 1_000 ** step
  return `${value.toFixed(step === 0 || value >= 100 ? 0 : 1)} ${units[step]}`
}
