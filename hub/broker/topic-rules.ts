/**
 * A device publishes under its own name and reads its own topics, nothing else; a gateway also those of the devices
 * that the branch file puts behind it. Wildcards and `$` topics are for nobody.
 */
import type { ErrorCode } from '#protocol/errors.ts'
import { parseTopic, type Topic, topics } from '#protocol/topics.ts'
import { type DeviceDirectory, maySpeakFor } from './directory.ts'
import type { Identity, PublishVerdict, WillRequest } from './rules.ts'

const retained: ReadonlySet<string> = new Set(['presence', 'manifest'])
const readable: ReadonlySet<Topic['channel']> = new Set(['task', 'config', 'error', 'ack', 'credential'])

interface Scope {
  readonly branch: string
  readonly directory: DeviceDirectory
}

const outside = (topic: string): ErrorCode | undefined => {
  if (topic.startsWith('$')) return 'topic.reserved'
  if (/[+#]/.test(topic)) return 'topic.wildcard'
  return undefined
}

/** Under whose name a topic stands; undefined: not a name of this branch at all. */
const ownerOf = (topic: string, branch: string): string | undefined => {
  const prefix = `usher/v1/${branch}/`
  if (!topic.startsWith(prefix)) return undefined
  const end = topic.indexOf('/', prefix.length)
  return topic.slice(prefix.length, end === -1 ? undefined : end)
}

const isApproved = ({ directory }: Scope, device: string) => directory.find(device)?.status === 'approved'

export const checkPublish = (scope: Scope, identity: Identity, packet: WillRequest): PublishVerdict => {
  const never = outside(packet.topic)
  if (never !== undefined) return { refused: { code: never, close: true } }
  const owner = ownerOf(packet.topic, scope.branch)
  if (owner === undefined || !maySpeakFor(scope.directory, identity.device, owner))
    return { refused: { code: 'topic.foreign', close: true } }
  const topic = parseTopic(packet.topic)
  if (identity.standing === 'enrolling' && topic?.channel !== 'enrol')
    return { refused: { code: 'connect.not-approved', close: true } }
  // A credential is for the one who holds the key: nobody asks for another's.
  if (topic?.channel === 'enrol' && owner !== identity.device)
    return { refused: { code: 'topic.foreign', close: true } }
  // Without a claim code only who is approved may ask, for a renewal.
  if (topic?.channel === 'enrol' && identity.standing !== 'enrolling' && !isApproved(scope, owner))
    return { refused: { code: 'connect.not-approved', close: false } }
  if (packet.qos > 1) return { refused: { code: 'qos.unsupported', close: true } }
  return { device: owner, mayRetain: topic !== undefined && retained.has(topic.channel) }
}

export const checkSubscribe = (scope: Scope, identity: Identity, filter: string): ErrorCode | undefined => {
  const never = outside(filter)
  if (never !== undefined) return never
  if (filter === topics.hub(scope.branch))
    return identity.standing === 'enrolling' ? 'connect.not-approved' : undefined
  const topic = parseTopic(filter)
  if (topic === undefined || topic.channel === 'hub') return 'topic.unknown'
  if (topic.branch !== scope.branch || !readable.has(topic.channel)) return 'topic.foreign'
  if (!maySpeakFor(scope.directory, identity.device, topic.device)) return 'topic.foreign'
  if (identity.standing === 'enrolling' && topic.channel !== 'credential') return 'connect.not-approved'
  if (topic.channel === 'credential' && topic.device !== identity.device) return 'topic.foreign'
  return undefined
}

/** A will speaks when its device no longer can: about its own presence only. */
export const checkWill = (scope: Scope, identity: Identity, will: WillRequest): ErrorCode | undefined => {
  const topic = parseTopic(will.topic)
  if (identity.standing === 'enrolling' || will.qos > 1) return 'connect.will'
  if (topic?.channel !== 'presence' || topic.branch !== scope.branch) return 'connect.will'
  return maySpeakFor(scope.directory, identity.device, topic.device) ? undefined : 'connect.will'
}
