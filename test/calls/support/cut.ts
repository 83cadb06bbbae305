/** A network that a test can cut: what passes through it is lost meanwhile, and nobody is told. */
import { createSocket, type Socket as UdpSocket } from 'node:dgram'
import type { AddressInfo } from 'node:net'
import { connect, createServer, type Socket } from 'node:net'

export interface Cuttable {
  readonly port: number
  /** Bytes that have passed, both ways. */
  readonly bytes: () => number
  cut(): void
  heal(): void
  close(): void
}

const host = '127.0.0.1'

export interface LossyPath extends Cuttable {
  /** Every so-manieth packet is lost, both ways; 0: none. */
  loseEvery(count: number): void
}

/** Packets of UDP: each port that sends has one of its own on the other side. */
export const openUdpPath = async (target: number): Promise<LossyPath> => {
  let isCut = false
  let lossEvery = 0
  let packets = 0
  const isLost = () => {
    packets += 1
    return isCut || (lossEvery > 0 && packets % lossEvery === 0)
  }
  let bytes = 0
  const near = createSocket('udp4')
  const far = new Map<number, UdpSocket>()
  const farFor = (from: number, address: string) => {
    const known = far.get(from)
    if (known !== undefined) return known
    const socket = createSocket('udp4')
    socket.on('message', (packet) => {
      if (isLost()) return
      bytes += packet.length
      near.send(packet, from, address)
    })
    far.set(from, socket)
    return socket
  }
  near.on('message', (packet, { port, address }) => {
    if (isLost()) return
    bytes += packet.length
    // A browser sends from whatever address the machine has.
    farFor(port, address).send(packet, target, host)
  })
  await new Promise<void>((resolve) => {
    near.bind(0, host, resolve)
  })
  return {
    port: near.address().port,
    bytes: () => bytes,
    loseEvery: (count) => {
      lossEvery = count
    },
    cut: () => {
      isCut = true
    },
    heal: () => {
      isCut = false
    },
    close: () => {
      near.close()
      for (const socket of far.values()) socket.close()
    },
  }
}

/** Connections of TCP: cut, they carry nothing and none is made; they end only when somebody gives up. */
export const openTcpPath = async (target: () => number): Promise<Cuttable> => {
  let isCut = false
  let bytes = 0
  const all = new Set<Socket>()
  const server = createServer((near) => {
    if (isCut) return void near.destroy()
    const far = connect(target(), host)
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      all.add(one)
      one.on('data', (data) => {
        bytes += data.length
        other.write(data)
      })
      one.on('error', () => other.destroy())
      one.on('close', () => {
        all.delete(one)
        other.destroy()
      })
    }
  })
  await new Promise<void>((resolve) => {
    server.listen(0, host, resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    bytes: () => bytes,
    cut: () => {
      isCut = true
      for (const socket of all) socket.pause()
    },
    heal: () => {
      isCut = false
      for (const socket of all) socket.resume()
    },
    close: () => {
      for (const socket of all) socket.destroy()
      server.close()
    },
  }
}
