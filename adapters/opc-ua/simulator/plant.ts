/** The server of a small plant: a gate, a fire panel, a public address system, and a cart that takes job orders. */
import { createServer } from 'node:net'
import { join } from 'node:path'
import {
  coerceLocalizedText,
  DataType,
  MessageSecurityMode,
  nodesets,
  OPCUACertificateManager,
  OPCUAServer,
  SecurityPolicy,
  type StatusCode,
  StatusCodes,
  type UAVariable,
  Variant,
} from 'node-opcua'
import { addJobShop, type JobShop } from './job-shop.ts'

export const plantNamespace = 'urn:usher:simulated-plant'
export const login = { username: 'usher', password: 'simulated-plant-password' } as const

const variables = {
  FireContact: false,
  GateOpen: false,
  GateBlocked: false,
  GateLocked: false,
  HelpButton: false,
  Temperature: 21.5,
  Mode: 1,
} as const
export type VariableName = keyof typeof variables

export interface PlantFaults {
  /** What methods answer instead of doing it. */
  methodStatus: keyof typeof StatusCodes | undefined
  methodMs: number
  /** How long the gate takes to open; 0: it never does. */
  gateMs: number
}

export interface Plant {
  readonly url: string
  readonly faults: PlantFaults
  readonly calls: string[]
  shop(): JobShop
  set(name: VariableName, to: { value?: boolean | number; status?: keyof typeof StatusCodes }): void
  /** Whether it lets in clients whose certificate it has never seen. */
  accept(unknown: boolean): void
  sessions(): number
  stop(): Promise<void>
  start(): Promise<void>
}

export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })

export interface PlantOptions {
  /** For its certificates. */
  readonly folder: string
  readonly port: number
  /** Lets in anybody without a name, and without encryption too. */
  readonly open: boolean
}

const codeOf = (name: keyof typeof StatusCodes = 'Good') => StatusCodes[name] as StatusCode

const managerAt = (rootFolder: string) =>
  new OPCUACertificateManager({
    rootFolder,
    automaticallyAcceptUnknownCertificate: true,
    disableFileWatchers: true,
  })

export const createPlant = async (options: PlantOptions): Promise<Plant> => {
  const { folder, port, open } = options
  const certificates = managerAt(join(folder, 'server'))
  const users = managerAt(join(folder, 'users'))
  const faults: PlantFaults = { methodStatus: undefined, methodMs: 0, gateMs: 100 }
  const calls: string[] = []
  const nodes = new Map<string, UAVariable>()
  const timers = new Set<NodeJS.Timeout>()
  let server: OPCUAServer | undefined
  let shop: JobShop | undefined

  const set: Plant['set'] = (name, { value, status }) => {
    const node = nodes.get(name)
    if (node === undefined) throw new Error(`There is no ${name}.`)
    const before = node.readValue().value.value as boolean | number
    node.setValueFromSource(
      new Variant({ dataType: node.dataType.value as DataType, value: value ?? before }),
      codeOf(status),
    )
  }
  const build = (running: OPCUAServer) => {
    const space = running.engine.addressSpace
    if (space === null) throw new Error('The server has no address space.')
    const namespace = space.registerNamespace(plantNamespace)
    const plant = namespace.addObject({ organizedBy: space.rootFolder.objects, browseName: 'Plant', nodeId: 's=Plant' })
    for (const [name, value] of Object.entries(variables)) {
      const dataType = typeof value === 'boolean' ? DataType.Boolean : name === 'Mode' ? DataType.Int32 : DataType.Double
      const node = namespace.addVariable({
        componentOf: plant,
        browseName: name,
        nodeId: `s=${name}`,
        dataType,
        minimumSamplingInterval: 20,
        value: { dataType, value },
      })
      nodes.set(name, node)
    }
    const addMethod = (browseName: string, input: DataType | undefined, act: (text: string) => void) => {
      const text = { dataType: DataType.String, description: coerceLocalizedText('') }
      const method = namespace.addMethod(plant, {
        browseName,
        nodeId: `s=${browseName}`,
        inputArguments: input === undefined ? [] : [{ ...text, name: 'Text', dataType: input }],
        outputArguments: [{ ...text, name: 'Note' }],
      })
      method.bindMethod((given, _context, callback) => {
        const { methodStatus } = faults
        calls.push(browseName)
        const timer = setTimeout(() => {
          timers.delete(timer)
          if (methodStatus === undefined) act(String(given[0]?.value ?? ''))
          callback(null, {
            statusCode: codeOf(methodStatus),
            outputArguments: [new Variant({ dataType: DataType.String, value: `${browseName} taken` })],
          })
        }, browseName === 'StopGate' ? 0 : faults.methodMs)
        timers.add(timer)
      })
    }
    const later = (ms: number, act: () => void) => {
      const timer = setTimeout(act, ms)
      timers.add(timer)
    }
    addMethod('OpenGate', undefined, () => {
      if (faults.gateMs > 0) later(faults.gateMs, () => set('GateOpen', { value: true }))
    })
    addMethod('CloseGate', undefined, () => set('GateOpen', { value: false }))
    addMethod('StopGate', undefined, () => {})
    addMethod('Announce', DataType.String, () => {})
    shop = addJobShop(space, plant)
  }
  const start = async () => {
    const running = new OPCUAServer({
      port,
      hostname: '127.0.0.1',
      resourcePath: '/plant',
      nodeset_filename: [
        nodesets.standard,
        nodesets.di,
        nodesets.ia,
        nodesets.machinery,
        nodesets.isa95JobControl,
        nodesets.machineryJobs,
      ],
      serverCertificateManager: certificates,
      userCertificateManager: users,
      allowAnonymous: open,
      securityModes: [
        MessageSecurityMode.SignAndEncrypt,
        ...(open ? [MessageSecurityMode.Sign, MessageSecurityMode.None] : []),
      ],
      securityPolicies: [
        SecurityPolicy.Basic256Sha256,
        SecurityPolicy.Aes128_Sha256_RsaOaep,
        SecurityPolicy.Aes256_Sha256_RsaPss,
      ],
      userManager: {
        isValidUser: (name: string, password: string) =>
          name === login.username && password === login.password,
      },
      serverInfo: { applicationUri: 'urn:usher:simulated-plant:server' },
    })
    await running.initialize()
    build(running)
    await running.start()
    server = running
  }
  const stop = async () => {
    for (const timer of timers) clearTimeout(timer)
    timers.clear()
    shop?.close()
    await server?.shutdown(0)
    server = undefined
  }
  await start()
  return {
    url: `opc.tcp://127.0.0.1:${port}/plant`,
    faults,
    calls,
    set,
    start,
    stop,
    accept(unknown) {
      certificates.automaticallyAcceptUnknownCertificate = unknown
    },
    sessions: () => server?.currentSessionCount ?? 0,
    shop() {
      if (shop === undefined) throw new Error('The plant was never started.')
      return shop
    },
  }
}
