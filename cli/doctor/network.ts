/** The doors: free before a start, answering while a hub runs. */
import { createConnection, createServer } from 'node:net'
import { type Check, fail, ok } from './check.ts'

export interface Port {
  readonly name: string
  readonly host: string
  /** 0: any free one, so there is nothing to check. */
  readonly port: number
}

const answerMs = 2_000

const canListen = ({ host, port }: Port) =>
  new Promise<string | null>((resolve) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    server.listen({ host, port }, () => server.close(() => resolve(null)))
  })

export const checkFree = async (port: Port): Promise<Check> => {
  const name = `port ${port.name}`
  const where = `${port.host}:${port.port}`
  if (port.port === 0) return ok(name, 'any free one')
  const fault = await canListen(port)
  if (fault === null) return ok(name, `${where} is free`)
  const remedy =
    fault === 'EACCES'
      ? 'Ports below 1024 need a right of their own; choose a higher one.'
      : fault === 'EADDRNOTAVAIL'
        ? 'This machine does not have that address: correct the host in the settings.'
        : 'Stop the program that listens there, or choose another port in the settings.'
  return fail(name, `${where}: ${fault}`, remedy)
}

const anyAddress = new Set(['0.0.0.0', '::'])
const reachable = (host: string) => (anyAddress.has(host) ? '127.0.0.1' : host)

/** CONNECT as MQTT 3.1.1 with a client id that no device has (section 3.1): a broker answers or hangs up, at once. */
const connectPacket = (): Buffer => {
  const id = Buffer.from('doctor')
  const variable = Buffer.from([0, 4, ...Buffer.from('MQTT'), 4, 2, 0, 60, 0, id.length])
  return Buffer.concat([Buffer.from([0x10, variable.length + id.length]), variable, id])
}

/** A page that is none of ours: a listener for pages answers, if only with a refusal (RFC 9112, 3). */
const getPacket = (): Buffer => Buffer.from('GET / HTTP/1.1\r\nHost: doctor\r\nConnection: close\r\n\r\n')

const hellos: Readonly<Record<string, () => Buffer>> = { mqtt: connectPacket, ws: getPacket }

const answers = ({ host, port }: Port, hello: Buffer | undefined) =>
  new Promise<string | null>((resolve) => {
    const socket = createConnection({ host: reachable(host), port })
    const end = (fault: string | null) => {
      socket.destroy()
      resolve(fault)
    }
    socket.setTimeout(answerMs, () => end('no answer'))
    socket.once('error', (error: NodeJS.ErrnoException) => end(error.code ?? error.message))
    socket.once('data', () => end(null))
    socket.once('close', () => end(null))
    socket.once('connect', () => (hello === undefined ? end(null) : socket.write(hello)))
  })

const checkAnswers = async (
  port: Port,
  { name, hello }: { name: string; hello?: Buffer },
): Promise<Check> => {
  const where = `${port.host}:${port.port}`
  const fault = await answers(port, hello)
  return fault === null
    ? ok(name, `${where} answers`)
    : fail(name, `${where}: ${fault}`, 'The hub runs, but this door does not open: look at its log.')
}

export const checkBroker = (port: Port): Promise<Check> => {
  const hello = hellos[port.name]?.()
  return checkAnswers(port, { name: `broker ${port.name}`, ...(hello !== undefined && { hello }) })
}

export const checkDoor = (port: Port): Promise<Check> => checkAnswers(port, { name: `port ${port.name}` })
