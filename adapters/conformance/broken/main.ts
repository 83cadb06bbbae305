/** One of the broken devices as a program: `node adapters/conformance/broken/main.ts no-will`; `sound` is the sound one. */
import { faults } from './faults.ts'
import { SoundDevice } from './sound-device.ts'

const [name = 'sound'] = process.argv.slice(2)
const broken = faults[name]
if (name !== 'sound' && broken === undefined) {
  console.error(`There is no device “${name}”. There are: sound, ${Object.keys(faults).join(', ')}`)
  process.exit(2)
}
const Device = broken?.device ?? SoundDevice
const device = new Device({
  broker: process.env['USHER_BROKER'] ?? 'mqtt://127.0.0.1:1883',
  branch: process.env['USHER_BRANCH'] ?? 'demo',
  device: process.env['USHER_DEVICE'] ?? 'broken-1',
  state: process.env['USHER_STATE'] ?? './usher-state',
  onCrash: () => process.kill(process.pid, 'SIGKILL'),
})
process.on('SIGTERM', () => void device.stop().then(() => process.exit(0)))
process.on('SIGINT', () => void device.stop().then(() => process.exit(0)))
device.run()
