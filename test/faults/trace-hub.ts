/** Runs the hub under strace, sends it numbered messages at QoS 1 as fast as it acknowledges them, and judges the trace. */
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import net from 'node:net'
import { join } from 'node:path'
import { packets } from '../broker/packets.ts'
import { branchName } from '../crash/branch.ts'
import type { Stage } from './stage.ts'
import { type Judged, judgeTrace, markOf } from './system-calls.ts'

/** No limit of the broker is what is being tried here, and a traced hub is slow. */
export const generousLimits = {
  packetsPerSecond: 1_000_000,
  packetsBurst: 1_000_000,
  heldAckMsMax: 60_000,
}

const calls = 'trace=write,writev,openat,pwrite64'
/** Sent and not yet acknowledged. */
const windowMax = 100
const pubackBytes = 4

const send = async (port: number, count: number): Promise<number> => {
  const socket = net.connect(port, '127.0.0.1')
  socket.setNoDelay(true)
  await once(socket, 'connect')
  const ownPort = socket.localPort ?? 0
  socket.write(packets.connect(`${branchName}/camera-1`))
  await once(socket, 'data')
  const topic = `usher/v1/${branchName}/camera-1/event/x-trace`
  let sent = 0
  let answered = 0
  const sendMore = () => {
    for (; sent < count && sent - answered < windowMax; sent++) {
      const id = sent + 1
      socket.write(packets.publish(topic, JSON.stringify({ mark: markOf(id), boot: 'trace', n: id }), id))
    }
  }
  await new Promise<void>((resolve, reject) => {
    let bytes = 0
    socket.on('data', (chunk) => {
      // It subscribes to nothing: all it hears are acknowledgements of four bytes each.
      bytes += chunk.length
      answered = Math.floor(bytes / pubackBytes)
      if (answered === count) resolve()
      else sendMore()
    })
    socket.on('error', reject)
    socket.on('close', () => reject(new Error(`closed after ${answered} of ${count}`)))
    sendMore()
  })
  socket.removeAllListeners('close')
  socket.end(packets.disconnect())
  return ownPort
}

/** Message ids have 16 bits: at most 65,535 in one trace. */
export const traceHub = async (
  stage: Stage,
  { messages, preload = [] }: { messages: number; preload?: readonly string[] },
): Promise<Judged> => {
  const file = join(stage.folder, 'trace')
  const under = ['strace', '-f', '--seccomp-bpf', '-qq', '-yy', '-s', '65536', '-e', calls, '-o', file]
  const hub = await stage.start({ under, preload })
  const port = await send(stage.ports.mqtt, messages)
  // strace itself takes no notice of a request to end.
  process.kill(Number(readFileSync(join(stage.data, 'usher.pid'), 'utf8')), 'SIGTERM')
  await hub.exited
  return judgeTrace(readFileSync(file, 'latin1').split('\n'), port)
}
