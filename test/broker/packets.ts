/** MQTT 3.1.1 packets byte by byte, to send what no client library would. */

const text = (value: string): Buffer => {
  const bytes = Buffer.from(value)
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes])
}

const number = (value: number) => Buffer.from([value >> 8, value & 255])

const packet = (first: number, body: Buffer): Buffer => {
  const length: number[] = []
  for (let left = body.length; left > 0 || length.length === 0; left >>= 7) {
    length.push(left > 127 ? (left & 127) | 128 : left)
    if (left <= 127) break
  }
  return Buffer.concat([Buffer.from([first, ...length]), body])
}

export const packets = {
  connect: (clientId: string, level = 4) =>
    packet(
      0x10,
      Buffer.concat([
        text('MQTT'),
        Buffer.from([level, 0x02, 0, 60]),
        // MQTT 5 has properties here: none.
        level === 5 ? Buffer.from([0]) : Buffer.alloc(0),
        text(clientId),
      ]),
    ),
  publish: (topic: string | Buffer, payload: string, messageId?: number) =>
    packet(
      messageId === undefined ? 0x30 : 0x32,
      Buffer.concat([
        typeof topic === 'string' ? text(topic) : Buffer.concat([number(topic.length), topic]),
        messageId === undefined ? Buffer.alloc(0) : number(messageId),
        Buffer.from(payload),
      ]),
    ),
  subscribe: (messageId: number, filter: string) =>
    packet(0x82, Buffer.concat([number(messageId), text(filter), Buffer.from([1])])),
  unsubscribe: (messageId: number, filter: string) =>
    packet(0xa2, Buffer.concat([number(messageId), text(filter)])),
  release: (messageId: number) => packet(0x62, number(messageId)),
  ping: () => packet(0xc0, Buffer.alloc(0)),
  disconnect: () => packet(0xe0, Buffer.alloc(0)),
}
