/** An empty project of a vendor, with nothing in it but the packed SDK. */
import { execFile } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { buildPackage } from '#adapters/package/build.ts'
import { page } from './page.ts'

const execute = promisify(execFile)

const root = join(import.meta.dirname, '../../..')

/** A greeter as a vendor would write it, in plain JavaScript. */
const adapter = `
import { z } from 'zod'
import { defineAdapter, runAdapter } from 'usher-adapter-sdk'

await runAdapter(
  defineAdapter({
    name: 'vendor',
    version: '1.0.0',
    config: z.object({ greetMs: z.number() }),
    async connect({ config, log }) {
      return {
        manifest: { kind: 'robot', vendor: 'Acme', model: 'Packed', languages: ['zh', 'en'] },
        capabilities: {
          async greet({ words, visit }, { id }) {
            log.info('greets', { task: id, visit, node: process.version })
            await new Promise((resolve) => setTimeout(resolve, config.greetMs))
            return { said: words, answered: false }
          },
        },
        close: () => {},
      }
    },
  }),
)
`

/** What the types must allow, and what they must refuse. */
const typed = `
import { z } from 'zod'
import { defineAdapter, DeviceBusy, type Connection } from 'usher-adapter-sdk'

export const adapter = defineAdapter({
  name: 'typed',
  version: '1.0.0',
  config: z.object({ host: z.string() }),
  async connect({ config, device }): Promise<Connection> {
    const host: string = config.host
    device.emit('zone.count', { zone: 'waiting', count: host.length })
    // @ts-expect-error a count is a number
    device.emit('zone.count', { zone: 'waiting', count: 'many' })
    return {
      manifest: { kind: 'robot', vendor: 'Acme', model: 'G2' },
      capabilities: {
        async greet(command, task) {
          if (command.party > 10) throw new DeviceBusy()
          task.progress({ percent: 10 })
          return { said: command.words }
        },
        // @ts-expect-error a guide reports whether it arrived
        async guide() {
          return {}
        },
      },
      close: () => {},
    }
  },
})
`

const settings = {
  compilerOptions: {
    target: 'es2022',
    module: 'nodenext',
    strict: true,
    noEmit: true,
    skipLibCheck: false,
    types: ['node'],
    typeRoots: [join(root, 'node_modules/@types')],
  },
  files: ['typed.ts'],
}

export interface Project {
  readonly folder: string
  /** @returns what the compiler complains about. */
  compile(): Promise<string>
  run(program: string, ...words: string[]): Promise<string>
}

/** @throws when nothing can be installed, and says so. */
export const createProject = async (folder: string): Promise<Project> => {
  const packed = join(folder, 'packed')
  mkdirSync(join(packed, 'apps'), { recursive: true })
  writeFileSync(join(packed, 'apps/page.js'), 'of somebody else')
  writeFileSync(join(packed, 'usher-adapter-sdk-0.0.1.tgz'), 'of an earlier build')
  const { tarball } = buildPackage(root, packed)
  const project = join(folder, 'project')
  mkdirSync(project, { recursive: true })
  writeFileSync(join(project, 'package.json'), '{ "name": "vendor", "private": true, "type": "module" }')
  writeFileSync(join(project, 'adapter.mjs'), adapter)
  writeFileSync(join(project, 'page.mjs'), page)
  writeFileSync(join(project, 'config.json'), '{ "greetMs": 20 }')
  writeFileSync(join(project, 'typed.ts'), typed)
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify(settings))
  await install(project, tarball)
  const run = async (program: string, ...words: string[]) => {
    const { stdout } = await execute(program, words, { cwd: project })
    return stdout
  }
  return {
    folder: project,
    run,
    compile: () =>
      run(process.execPath, join(root, 'node_modules/typescript/bin/tsc'), '-p', project).catch(
        (error: { stdout?: string; message: string }) => error.stdout ?? error.message,
      ),
  }
}

const install = async (project: string, tarball: string) => {
  const words = ['install', '--prefer-offline', '--no-audit', '--no-fund', '--save-exact', tarball]
  try {
    await execute('npm', words, { cwd: project })
  } catch (error) {
    const { stderr } = error as { stderr?: string }
    throw new Error(
      `The packed SDK could not be installed, so nothing is shown of it. Is a package registry within reach?\n${stderr}`,
      { cause: error },
    )
  }
}
