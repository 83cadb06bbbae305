/**
 * What a picture is encoded with. H.264 constrained baseline first: every browser of a branch has it, most devices in
 * hardware, and in software it costs a third less than VP8, which comes second. What costs more is not offered at all:
 * a kiosk that encodes it in software has no time left for anything else.
 */
interface Codec {
  readonly mimeType: string
  readonly sdpFmtpLine?: string
}

/** Repetition and repair of lost packets: no picture by themselves. */
const helpers = new Set(['video/rtx', 'video/red', 'video/ulpfec', 'video/flexfec-03'])

/** RFC 6184, 8.1: profile_idc 66 with constraint_set1; packetization-mode 1 lets a picture be more than one packet. */
const isBaseline = ({ mimeType, sdpFmtpLine = '' }: Codec) =>
  mimeType.toLowerCase() === 'video/h264' &&
  /profile-level-id=42e0/i.test(sdpFmtpLine) &&
  /packetization-mode=1/.test(sdpFmtpLine)

const isVp8 = ({ mimeType }: Codec) => mimeType.toLowerCase() === 'video/vp8'

/** @returns none where the browser has neither: then it may choose as it likes. */
export const preferredCodecs = <C extends Codec>(known: readonly C[]): readonly C[] => {
  const pictures = [...known.filter(isBaseline), ...known.filter(isVp8)]
  if (pictures.length === 0) return []
  return [...pictures, ...known.filter(({ mimeType }) => helpers.has(mimeType.toLowerCase()))]
}
