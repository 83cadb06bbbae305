/** Every MQTT topic of contract v1 is built and parsed here and nowhere else. */
import { idPattern } from './ids.ts'

export const topicRoot = 'usher/v1'

export type DeviceTopic =
  | { channel: 'presence' | 'manifest' | 'state' | 'enrol'; branch: string; device: string }
  | { channel: 'event' | 'stream'; branch: string; device: string; name: string }
  | { channel: 'report'; branch: string; device: string; task: string }

export type HubTopic = {
  channel: 'task' | 'config' | 'error' | 'ack' | 'credential'
  branch: string
  device: string
}

export type Topic = DeviceTopic | HubTopic | { channel: 'hub'; branch: string }

const namePattern = /^[a-z][a-z0-9.-]{0,63}$/
const fromDevice = new Set(['presence', 'manifest', 'state', 'enrol'])
const fromHub = new Set(['task', 'config', 'error', 'ack', 'credential'])

export const deviceTopic = (branch: string, device: string, rest: string) =>
  `${topicRoot}/${branch}/${device}/${rest}`

export const topics = {
  presence: (branch: string, device: string) => deviceTopic(branch, device, 'presence'),
  manifest: (branch: string, device: string) => deviceTopic(branch, device, 'manifest'),
  state: (branch: string, device: string) => deviceTopic(branch, device, 'state'),
  event: (branch: string, device: string, name: string) => deviceTopic(branch, device, `event/${name}`),
  stream: (branch: string, device: string, name: string) => deviceTopic(branch, device, `stream/${name}`),
  task: (branch: string, device: string) => deviceTopic(branch, device, 'task'),
  report: (branch: string, device: string, task: string) =>
    deviceTopic(branch, device, `task/${task}/report`),
  config: (branch: string, device: string) => deviceTopic(branch, device, 'config'),
  error: (branch: string, device: string) => deviceTopic(branch, device, 'error'),
  ack: (branch: string, device: string) => deviceTopic(branch, device, 'ack'),
  enrol: (branch: string, device: string) => deviceTopic(branch, device, 'enrol'),
  credential: (branch: string, device: string) => deviceTopic(branch, device, 'credential'),
  hub: (branch: string) => `${topicRoot}/${branch}/_hub`,
}

/** @returns the parts of a topic of the contract, or undefined for any other topic. */
export const parseTopic = (topic: string): Topic | undefined => {
  const [usher, version, branch, device, channel, ...rest] = topic.split('/')
  if (usher !== 'usher' || version !== 'v1' || branch === undefined || device === undefined) return undefined
  if (!idPattern.test(branch)) return undefined
  if (device === '_hub') return channel === undefined ? { channel: 'hub', branch } : undefined
  if (!idPattern.test(device) || channel === undefined) return undefined
  const [first, second] = rest
  if (first === undefined) {
    if (fromDevice.has(channel)) return { channel: channel as 'presence', branch, device }
    if (fromHub.has(channel)) return { channel: channel as 'task', branch, device }
    return undefined
  }
  if ((channel === 'event' || channel === 'stream') && rest.length === 1 && namePattern.test(first))
    return { channel, branch, device, name: first }
  if (channel === 'task' && second === 'report' && rest.length === 2 && idPattern.test(first))
    return { channel: 'report', branch, device, task: first }
  return undefined
}

/** The MQTT client id of a device: branch and device id, so that a stolen name cannot take over another's session. */
export const clientId = (branch: string, device: string) => `${branch}/${device}`

export const parseClientId = (id: string): { branch: string; device: string } | undefined => {
  const [branch, device, ...rest] = id.split('/')
  if (branch === undefined || device === undefined || rest.length > 0) return undefined
  return idPattern.test(branch) && idPattern.test(device) ? { branch, device } : undefined
}
