/** One range of bytes (RFC 9110, 14.1): what a player asks for when somebody moves to the middle of a video. */

export interface ByteRange {
  readonly first: number
  readonly last: number
}

/** @returns undefined: the whole is sent, as where several ranges or something else is asked for. 'none': there is nothing. */
export const readRange = (header: string | undefined, size: number): ByteRange | 'none' | undefined => {
  const [, from = '', to = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '') ?? []
  if (from === '' && to === '') return undefined
  if (from === '') {
    const length = Math.min(Number(to), size)
    return length === 0 ? 'none' : { first: size - length, last: size - 1 }
  }
  const first = Number(from)
  if (to !== '' && Number(to) < first) return undefined
  return first >= size ? 'none' : { first, last: to === '' ? size - 1 : Math.min(Number(to), size - 1) }
}
