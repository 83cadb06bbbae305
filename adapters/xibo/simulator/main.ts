/** The simulated CMS with its displays as a process: `node adapters/xibo/simulator/main.ts`. It says where it listens. */
import { SimulatedCms } from './cms.ts'
import { demoCms, demoSettings } from './demo.ts'
import { CmsServer } from './server.ts'

const cms = new SimulatedCms(demoCms)
const server = new CmsServer(cms)
const url = await server.listen()
cms.onFrame = (display, frame) => process.stderr.write(`${JSON.stringify({ display, ...frame })}\n`)
process.stdout.write(`${JSON.stringify({ ready: true, config: demoSettings(url) })}\n`)
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => process.exit(0))
