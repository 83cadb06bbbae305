/** `usher demo`: a branch with simulated devices, people and staff, on this machine alone. */
import { type Command, InvalidArgumentError } from 'commander'
import { tongueOf } from '../io/language.ts'
import { sharedOf } from '../io/with-hub.ts'

const examples = `
Examples:
  usher demo                     broker on 127.0.0.1:1883, health on http://127.0.0.1:8080/healthz
  usher demo --lang zh           told in Chinese
  usher demo --ports-free        where those ports are taken
  usher demo --data ./mine       keep the data; start again with the same --data to go on

Ctrl-C stops it with everything it started. docs/guides/try-it.md goes on from here.`

export interface DemoWishes {
  readonly port: number
  readonly httpPort: number
  readonly tlsPort?: number
  readonly wsPort: number
  readonly pageOrigin?: readonly string[]
  readonly portsFree?: boolean
  readonly seed: string
  readonly inProcess?: boolean
}

const parsePort = (text: string): number => {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new InvalidArgumentError('A port is a number from 0 (any free one) to 65535.')
  return port
}

export const addDemo = (program: Command): void => {
  program
    .command('demo')
    .description('a branch with simulated devices, to look at')
    .option('--port <n>', 'port of the broker', parsePort, 1883)
    .option('--http-port <n>', 'port of health and metrics', parsePort, 8080)
    .option('--ws-port <n>', 'port of the listener for web pages', parsePort, 8083)
    .option('--page-origin <origin...>', 'let pages of this origin connect, such as http://127.0.0.1:8000')
    .option('--tls-port <n>', 'also open the TLS listener, on this port', parsePort)
    .option('--ports-free', 'take any free ports')
    .option('--seed <text>', 'another seed is another day', '1')
    .option('--in-process', 'all devices in one process instead of one each, to save memory')
    .addHelpText('after', examples)
    .action(async (wishes: DemoWishes, command: Command) => {
      const { data, lang } = sharedOf(command)
      const { runDemo } = await import('../demo/run.ts')
      await runDemo({ ...wishes, data, tongue: tongueOf(lang, process.env) })
    })
}
