/** The server of a small plant: a gate, a fire panel, a public address system, and a cart that takes job orders. */
import { createServer } from 'node:net'
import { join } from 'node:path'
import {
  DataType,
  MessageSecurityMode,
  nodesets,
  OPCUACertificateManager,
  OPCUAServer,
  type OPCUAServerOptions,
  SecurityPolicy,
  type StatusCode,
  StatusCodes,
  type UAObject,
  type UAVariable,
  Variant,
} from 'node-opcua'
import { JobShop } from './job-shop.ts'

export const plantNamespace = 'urn:usher:simulated-plant'
export const login = { username: 'usher', password: 'simulated-plant-password' } as const

const flag = { dataType: DataType.Boolean, value: false }
const variables = {
  FireContact: flag,
  GateOpen: flag,
  GateBlocked: flag,
  GateLocked: flag,
  HelpButton: flag,
  Temperature: { dataType: DataType.Double, value: 21.5 },
}
export type VariableName = keyof typeof variables

export interface PlantFaults {
  /** What methods answer instead of doing it. */
  methodStatus: keyof typeof StatusCodes | undefined
  methodMs: number
  /** How long the gate takes to open; 0: it never does. */
  gateMs: number
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

type VariableValue = boolean | number

export class Plant {
  readonly url: string
  readonly faults: PlantFaults = { methodStatus: undefined, methodMs: 0, gateMs: 100 }
  readonly calls: string[] = []
  readonly #options: PlantOptions
  readonly #certificates: OPCUACertificateManager
  readonly #users: OPCUACertificateManager
  readonly #nodes = new Map<string, UAVariable>()
  readonly #timers = new Set<NodeJS.Timeout>()
  #server: OPCUAServer | undefined
  #shop: JobShop | undefined

  constructor(options: PlantOptions) {
    this.#options = options
    this.url = `opc.tcp://127.0.0.1:${options.port}/plant`
    this.#certificates = managerAt(join(options.folder, 'server'))
    this.#users = managerAt(join(options.folder, 'users'))
  }

  sessions = () => this.#server?.currentSessionCount ?? 0

  shop(): JobShop {
    if (this.#shop === undefined) throw new Error('The plant was never started.')
    return this.#shop
  }

  /** Whether it lets in clients whose certificate it has never seen. */
  accept(unknown: boolean) {
    this.#certificates.automaticallyAcceptUnknownCertificate = unknown
  }

  set(name: VariableName, { value, status }: { value?: VariableValue; status?: keyof typeof StatusCodes }) {
    const node = this.#nodes.get(name)
    if (node === undefined) throw new Error(`There is no ${name}.`)
    const kept = node.readValue().value
    node.setValueFromSource(
      new Variant({ dataType: kept.dataType, value: value ?? (kept.value as VariableValue) }),
      codeOf(status),
    )
  }

  async start() {
    const server = new OPCUAServer(this.#settings())
    await server.initialize()
    this.#build(server)
    await server.start()
    this.#server = server
  }

  async stop() {
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
    this.#shop?.close()
    await this.#server?.shutdown(0)
    this.#server = undefined
  }

  #settings(): OPCUAServerOptions {
    const { port, open } = this.#options
    const { SignAndEncrypt, Sign, None } = MessageSecurityMode
    return {
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
      serverCertificateManager: this.#certificates,
      userCertificateManager: this.#users,
      allowAnonymous: open,
      securityModes: open ? [SignAndEncrypt, Sign, None] : [SignAndEncrypt],
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
    }
  }

  #build(server: OPCUAServer) {
    const space = server.engine.addressSpace
    if (space === null) throw new Error('The server has no address space.')
    const namespace = space.registerNamespace(plantNamespace)
    const plant = namespace.addObject({
      organizedBy: space.rootFolder.objects,
      browseName: 'Plant',
      nodeId: 's=Plant',
    })
    for (const [name, { dataType, value }] of Object.entries(variables))
      this.#nodes.set(
        name,
        namespace.addVariable({
          componentOf: plant,
          browseName: name,
          nodeId: `s=${name}`,
          dataType,
          minimumSamplingInterval: 20,
          value: { dataType, value },
        }),
      )
    this.#addMethod(plant, 'OpenGate', () => {
      const { gateMs } = this.faults
      if (gateMs > 0) this.#later(gateMs, () => this.set('GateOpen', { value: true }))
    })
    this.#addMethod(plant, 'StopGate', () => {})
    this.#addMethod(plant, 'Announce', () => {})
    this.#shop = new JobShop(space, plant)
  }

  #later(ms: number, act: () => void) {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      act()
    }, ms)
    this.#timers.add(timer)
  }

  #addMethod(plant: UAObject, browseName: 'OpenGate' | 'StopGate' | 'Announce', act: () => void) {
    const dataType = DataType.String
    const method = plant.namespace.addMethod(plant, {
      browseName,
      nodeId: `s=${browseName}`,
      inputArguments: browseName === 'Announce' ? [{ name: 'Text', dataType }] : [],
      outputArguments: [{ name: 'Note', dataType }],
    })
    method.bindMethod((_given, _context, callback) => {
      const { methodStatus, methodMs } = this.faults
      this.calls.push(browseName)
      this.#later(browseName === 'StopGate' ? 0 : methodMs, () => {
        if (methodStatus === undefined) act()
        callback(null, {
          statusCode: codeOf(methodStatus),
          outputArguments: [new Variant({ dataType, value: `${browseName} taken` })],
        })
      })
    })
  }
}
