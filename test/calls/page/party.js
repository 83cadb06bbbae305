/** One party of a call, as plain as a page can be: it shows the others, and says what it sees of them. */
const connections = new Set()
const Original = RTCPeerConnection
globalThis.RTCPeerConnection = class extends Original {
  constructor(...given) {
    super(...given)
    connections.add(this)
  }
}

const nowMs = () => performance.timeOrigin + performance.now()

/** By party, when its first picture was there. */
const firstPicture = {}
const elements = new Map()

const show = ({ id, stream }) => {
  const element = elements.get(id) ?? document.createElement('video')
  if (!elements.has(id)) {
    elements.set(id, element)
    element.autoplay = true
    element.muted = true
    document.querySelector('#others').append(element)
  }
  if (element.srcObject === stream) return
  element.srcObject = stream
  if (stream !== null)
    element.requestVideoFrameCallback(() => {
      firstPicture[id] ??= nowMs()
    })
}

let media
let view

globalThis.join = (ticket, wishes = {}) => {
  media = globalThis.usherCall.openCall({ origin: '', ticket, camera: true, microphone: true, ...wishes })
  globalThis.media = media
  media.watch((now) => {
    view = now
    for (const party of now.others) show(party)
  })
  return nowMs()
}

globalThis.firsts = () => firstPicture
globalThis.told = () => ({
  line: view.line,
  over: view.over,
  trouble: view.trouble,
  own: view.own.shown,
  others: view.others.map(({ id, title, shown, link, quality, stream }) => ({
    id,
    title,
    shown,
    link,
    quality,
    tracks: stream === null ? 0 : stream.getTracks().length,
  })),
})

/** By connection that is open: what came in and how. */
globalThis.reports = async () => {
  const open = [...connections].filter(({ connectionState }) => connectionState !== 'closed')
  return Promise.all(
    open.map(async (connection) => {
      const rows = [...(await connection.getStats()).values()]
      const byId = new Map(rows.map((row) => [row.id, row]))
      const pair = byId.get(rows.find(({ type }) => type === 'transport')?.selectedCandidatePairId)
      const video = rows.find(({ type, kind }) => type === 'inbound-rtp' && kind === 'video')
      const audio = rows.find(({ type, kind }) => type === 'inbound-rtp' && kind === 'audio')
      const sent = rows.find(({ type, kind }) => type === 'outbound-rtp' && kind === 'video')
      return {
        state: connection.connectionState,
        ways: [
          byId.get(pair?.localCandidateId)?.candidateType,
          byId.get(pair?.remoteCandidateId)?.candidateType,
        ],
        ufrag: /a=ice-ufrag:(\S+)/.exec(connection.localDescription?.sdp ?? '')?.[1],
        lines: (connection.localDescription?.sdp.match(/^m=/gm) ?? []).length,
        codec: byId.get(video?.codecId)?.mimeType,
        fmtp: byId.get(video?.codecId)?.sdpFmtpLine,
        frames: video?.framesDecoded ?? 0,
        width: video?.frameWidth,
        heard: audio?.packetsReceived ?? 0,
        sentBytes: pair?.bytesSent ?? 0,
        receivedBytes: pair?.bytesReceived ?? 0,
        encoder: sent?.encoderImplementation,
      }
    }),
  )
}
globalThis.connectionsMade = () => connections.size
/** The tracks that leave this page. */
globalThis.sending = () =>
  [...connections]
    .filter(({ connectionState }) => connectionState !== 'closed')
    .flatMap((connection) => connection.getSenders().flatMap(({ track }) => track?.kind ?? []))
/** What is asked of the pictures that leave this page. */
globalThis.asked = () =>
  [...connections]
    .filter(({ connectionState }) => connectionState !== 'closed')
    .flatMap((connection) => connection.getSenders())
    .filter(({ track }) => track?.kind === 'video')
    .map((sender) => {
      const [{ maxBitrate, maxFramerate, scaleResolutionDownBy }] = sender.getParameters().encodings
      return { maxBitrate, maxFramerate, scaleResolutionDownBy }
    })
