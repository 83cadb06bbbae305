/**
 * Reads a trace of the hub's system calls (strace -f -yy) and says of each acknowledged message whether it was on disk
 * first: its bytes were written to the commit log by a call that returns when they are on disk (the file was opened with
 * O_DSYNC) and that ended before its PUBACK left.
 */

/** What a message carries so that its bytes are found in the log. */
export const markOf = (index: number) => `mark-${String(index).padStart(6, '0')}-`
const marks = /mark-(\d{6})-/g

export interface Call {
  /** Places in the trace: a call that others came in between has two. */
  readonly began: number
  readonly ended: number
  readonly name: string
  /** Everything between the brackets. */
  readonly args: string
  readonly result: string
}

const whole = /^(\d+) +(\w+)\((.*)\) += (.+)$/s
const begun = /^(\d+) +(\w+)\((.*) <unfinished \.\.\.>$/s
const resumed = /^(\d+) +<\.\.\. (\w+) resumed>(.*)\) += (.+)$/s

export const readCalls = (lines: readonly string[]): Call[] => {
  const open = new Map<string, { began: number; args: string }>()
  const calls: Call[] = []
  for (const [at, line] of lines.entries()) {
    const [, , name = '', args = '', result = ''] = whole.exec(line) ?? []
    if (name !== '') {
      calls.push({ began: at, ended: at, name, args, result })
      continue
    }
    const [, startThread = '', startName = '', startArgs = ''] = begun.exec(line) ?? []
    if (startName !== '') open.set(`${startThread}/${startName}`, { began: at, args: startArgs })
    const [, endThread = '', endName = '', endArgs = '', endResult = ''] = resumed.exec(line) ?? []
    const start = open.get(`${endThread}/${endName}`)
    if (start === undefined) continue
    open.delete(`${endThread}/${endName}`)
    calls.push({ ...start, ended: at, name: endName, args: start.args + endArgs, result: endResult })
  }
  return calls.sort((a, b) => a.began - b.began)
}

/** Escapes of strace. */
const named: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, f: 12, v: 11 }

/** The strings of a call as strace prints them, back to bytes. */
const bytesOf = (args: string): Buffer => {
  const bytes: number[] = []
  for (const [, text = ''] of args.matchAll(/"((?:[^"\\]|\\.)*)"/gs)) {
    for (const [, octal, letter, plain] of text.matchAll(/\\([0-7]{1,3})|\\(.)|([^\\])/gs)) {
      if (octal !== undefined) bytes.push(Number.parseInt(octal, 8))
      else if (letter !== undefined) bytes.push(named[letter] ?? letter.charCodeAt(0))
      else bytes.push((plain ?? '').charCodeAt(0))
    }
  }
  return Buffer.from(bytes)
}

interface Packet {
  readonly type: number
  readonly body: Buffer
}

/** Whole MQTT packets at the front of the bytes, and the rest. */
const takePackets = (bytes: Buffer): { packets: Packet[]; rest: Buffer } => {
  const packets: Packet[] = []
  let at = 0
  for (;;) {
    let length = 0
    let digits = 0
    let digit = 128
    while (digit >= 128 && at + 1 + digits < bytes.length) {
      digit = bytes[at + 1 + digits] ?? 0
      length += (digit % 128) * 128 ** digits
      digits += 1
    }
    const body = at + 1 + digits
    if (digits === 0 || digit >= 128 || body + length > bytes.length) break
    packets.push({ type: (bytes[at] ?? 0) >> 4, body: bytes.subarray(body, body + length) })
    at = body + length
  }
  return { packets, rest: bytes.subarray(at) }
}

const puback = 4

/** Where in the trace each PUBACK to this client began to leave. */
const acknowledgements = (calls: readonly Call[], clientPort: number): Map<number, number> => {
  const left = new Map<number, number>()
  let rest: Buffer = Buffer.alloc(0)
  for (const { name, args, began } of calls) {
    if ((name !== 'write' && name !== 'writev') || !args.slice(0, 80).includes(`->127.0.0.1:${clientPort}]`))
      continue
    const taken = takePackets(Buffer.concat([rest, bytesOf(args)]))
    rest = taken.rest
    for (const { type, body } of taken.packets)
      if (type === puback && !left.has(body.readUInt16BE(0))) left.set(body.readUInt16BE(0), began)
  }
  return left
}

const logFile = /\/log\/segment-\d+$/

/** The files of the log that were opened so, by their numbers: another opening of the same file has another one. */
const syncedFiles = (calls: readonly Call[]): ReadonlySet<string> =>
  new Set(
    calls.flatMap(({ name, args, result }) => {
      const [, number = '', path = ''] = /^(\d+)<(.*)>$/.exec(result) ?? []
      return name === 'openat' && logFile.test(path) && args.includes('O_DSYNC') ? [number] : []
    }),
  )

export interface Judged {
  readonly acknowledged: number
  /** Appends to the log that were on disk when they returned. */
  readonly syncs: number
  /** Acknowledged before their commit was on disk, in words. */
  readonly early: readonly string[]
}

/** Message `i` has packet id `i` and carries `markOf(i)`. */
export const judgeTrace = (lines: readonly string[], clientPort: number): Judged => {
  const calls = readCalls(lines)
  const synced = syncedFiles(calls)
  const written = new Map<number, number>()
  let syncs = 0
  for (const { name, args, result, ended } of calls) {
    const [, number = ''] = /^(\d+)</.exec(args) ?? []
    // One that wrote less than it was given is followed by another for the rest.
    const isWhole = result === /, (\d+), \d+$/.exec(args)?.[1]
    if (name !== 'pwrite64' || !synced.has(number) || !isWhole) continue
    syncs += 1
    for (const [, digits] of args.matchAll(marks))
      if (!written.has(Number(digits))) written.set(Number(digits), ended)
  }
  const left = acknowledgements(calls, clientPort)
  const early: string[] = []
  for (const [id, leftAt] of left) {
    const writtenAt = written.get(id)
    if (writtenAt === undefined || writtenAt > leftAt)
      early.push(`message ${id}: on disk at ${writtenAt}, acknowledged at ${leftAt}`)
  }
  return { acknowledged: left.size, syncs, early }
}
