/** An adapter that says the same thing as fast as it can, on its line and in its log. */
import { connect } from 'mqtt'

const {
  USHER_BROKER: url,
  USHER_BRANCH: branch,
  USHER_DEVICE: device,
  USHER_USERNAME: username,
  USHER_PASSWORD: password,
} = process.env
const client = connect(url, {
  clientId: `${branch}/${device}`,
  clean: true,
  protocolVersion: 4,
  username,
  password,
})
client.on('connect', () => {
  setInterval(() => {
    if (client.stream.writableLength > 1_000_000) return
    for (let count = 0; count < 500; count += 1) {
      client.publish(`usher/v1/${branch}/${device}/state`, '{"battery":{"percent":50,"charging":false}}')
      process.stdout.write(`{"level":"info","msg":"still here","count":${count}}\n`)
    }
  }, 5)
})
