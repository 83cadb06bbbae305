/**
 * What Home Assistant is told of a branch, in its own form of MQTT device discovery: one retained message for each device
 * with read-only entities, and its values on a state topic. Nothing of visitors, tickets or staff is in it.
 */
import type { DeviceRow } from '#protocol/model.ts'
import { type Tongue, titled } from '../io/language.ts'

export type SeenDevice = Partial<DeviceRow> & { readonly id: string }

export interface SeenBranch {
  readonly id: string
  readonly title: Readonly<Record<string, string>>
  readonly mode: string
  readonly openAlerts: number
  readonly devices: readonly SeenDevice[]
}

export interface Told {
  readonly topic: string
  readonly payload: string
}

export interface DiscoveryParts {
  readonly prefix: string
  readonly tongue: Tongue
}

/** Ids of the contract are lower-case letters, digits and dashes, so that an underscore keeps them apart. */
export const objectId = (branch: string, device?: string): string =>
  device === undefined ? `usher_${branch}` : `usher_${branch}_${device}`

export const configTopic = (prefix: string, object: string): string => `${prefix}/device/${object}/config`
const stateTopic = (object: string) => `usher-home-assistant/${object}/state`
export const availabilityTopic = (branch: string): string =>
  `usher-home-assistant/${objectId(branch)}/available`

interface Entity {
  readonly key: string
  readonly name: string
  readonly p: 'sensor' | 'binary_sensor'
  readonly more?: Readonly<Record<string, string>>
}

const componentsOf = (object: string, entities: readonly Entity[]) =>
  Object.fromEntries(
    entities.map(({ key, name, p, more }) => [
      key,
      { p, name, unique_id: `${object}_${key}`, value_template: `{{ value_json.${key} }}`, ...more },
    ]),
  )

const pick = (tongue: Tongue, en: string, zh: string) => (tongue === 'zh' ? zh : en)

const shared = (object: string, branch: string) => ({
  o: { name: 'usher' },
  state_topic: stateTopic(object),
  availability: [{ topic: availabilityTopic(branch) }],
  qos: 1,
})

const hubTold = ({ id, title, mode, openAlerts }: SeenBranch, { prefix, tongue }: DiscoveryParts): Told[] => {
  const object = objectId(id)
  const config = {
    dev: { ids: object, name: titled(title, tongue), mf: 'Usher', mdl: 'hub' },
    cmps: componentsOf(object, [
      { key: 'mode', name: pick(tongue, 'Mode', '模式'), p: 'sensor' },
      { key: 'alerts', name: pick(tongue, 'Open alerts', '未解除的提醒'), p: 'sensor' },
    ]),
    ...shared(object, id),
  }
  return [
    { topic: configTopic(prefix, object), payload: JSON.stringify(config) },
    { topic: stateTopic(object), payload: JSON.stringify({ mode, alerts: openAlerts }) },
  ]
}

const entitiesOf = ({ battery, firmware }: SeenDevice, tongue: Tongue): Entity[] => {
  const always: Entity[] = [
    {
      key: 'link',
      name: pick(tongue, 'Connection', '连接'),
      p: 'binary_sensor',
      more: { device_class: 'connectivity', payload_on: 'online', payload_off: 'offline' },
    },
    { key: 'health', name: pick(tongue, 'Health', '健康'), p: 'sensor' },
    { key: 'willingness', name: pick(tongue, 'Willingness', '可派遣'), p: 'sensor' },
  ]
  const charge: Entity = {
    key: 'battery',
    name: pick(tongue, 'Battery', '电量'),
    p: 'sensor',
    more: { device_class: 'battery', unit_of_measurement: '%' },
  }
  const standing: Entity = {
    key: 'firmware',
    name: pick(tongue, 'Firmware standing', '固件状态'),
    p: 'sensor',
  }
  return [
    ...always,
    ...(battery === null || battery === undefined ? [] : [charge]),
    ...(firmware === undefined ? [] : [standing]),
  ]
}

const deviceTold = (device: SeenDevice, branch: SeenBranch, { prefix, tongue }: DiscoveryParts): Told[] => {
  const object = objectId(branch.id, device.id)
  const { title, kind, manifest, firmware, link, health, willingness, battery } = device
  const config = {
    dev: {
      ids: object,
      name: title === undefined ? device.id : titled(title, tongue),
      mf: manifest?.vendor ?? 'Usher',
      mdl: manifest?.model ?? kind ?? 'device',
      ...(firmware?.version != null && { sw: firmware.version }),
      via_device: objectId(branch.id),
    },
    cmps: componentsOf(object, entitiesOf(device, tongue)),
    ...shared(object, branch.id),
  }
  const state = {
    link: link === 'online' ? 'online' : 'offline',
    health: health ?? 'unknown',
    willingness: willingness ?? 'unknown',
    ...(battery != null && { battery: Math.round(battery.percent) }),
    ...(firmware !== undefined && { firmware: firmware.standing }),
  }
  return [
    { topic: configTopic(prefix, object), payload: JSON.stringify(config) },
    { topic: stateTopic(object), payload: JSON.stringify(state) },
  ]
}

/** Who took a device out of service that is not in the branch file any more. */
const removedBy = 'branch-file'

/** Everything, the hub first: the devices refer to it. */
export const tellAll = (branch: SeenBranch, parts: DiscoveryParts): readonly Told[] => [
  ...hubTold(branch, parts),
  ...branch.devices
    .filter(({ kind, willingnessBy }) => kind !== undefined && willingnessBy !== removedBy)
    .flatMap((device) => deviceTold(device, branch, parts)),
]

/** The retained messages that have to go with a discovery message, where its device is gone. */
export const goneWith = (topic: string, prefix: string): readonly string[] => {
  const object = topic.slice(`${prefix}/device/`.length, -'/config'.length)
  return [topic, stateTopic(object)]
}
