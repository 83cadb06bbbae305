/** What the dispatcher must know of a capability on a given member: whether it moves, speaks, may be repeated or shared. */
import {
  capabilities,
  isCapability,
  type RepeatRule,
  repeatRule,
  vendorCapability,
} from '#protocol/capabilities.ts'
import type { DeviceKind } from '#protocol/device-kinds.ts'
import type { TaskIntent } from '#protocol/intents.ts'
import type { DeviceRow } from '#protocol/model.ts'
import { remoteActions, remoteCapability } from '#protocol/remote.ts'

const mobileKinds: ReadonlySet<DeviceKind> = new Set(['robot', 'other'])
/** Its screen is what it greets and promotes with. */
const silentKinds: ReadonlySet<DeviceKind> = new Set(['screen'])
/** Shown until something more important comes: it takes the screen at once, and the old showing is cut short. */
const shownCapabilities: ReadonlySet<string> = new Set(['display', 'promote', 'offer-service'])
/** Any number of them may be under way at one member: they neither take it from its work nor wait for the end of it. */
const sharedCapabilities: ReadonlySet<string> = new Set([
  'manage-ticket',
  ...remoteActions.map(remoteCapability),
])
/** Only something on wheels can do these. */
const movingOnly: ReadonlySet<string> = new Set(['guide', 'dock'])

export const personPrefix = 'person/'
export const isPerson = (member: string) => member.startsWith(personPrefix)

export const isMobile = (device: DeviceRow) => mobileKinds.has(device.kind)

const moves = (capability: string) =>
  isCapability(capability) ? capabilities[capability].moves : vendorCapability.moves
const speaks = (capability: string) =>
  isCapability(capability) ? capabilities[capability].speaks : vendorCapability.speaks

export const movesOn = (capability: string, device: DeviceRow) => moves(capability) && isMobile(device)

const hasWords = (intent: TaskIntent) => {
  const words = intent.command['words']
  return isCapability(intent.capability) ? Array.isArray(words) && words.length > 0 : true
}

/** Whether it makes itself heard: an announcement always, a screen's greeting never, a guide only with words. */
export const speaksOn = (intent: TaskIntent, device: DeviceRow) =>
  speaks(intent.capability) &&
  hasWords(intent) &&
  (intent.capability === 'announce' || !silentKinds.has(device.kind))

export const isExclusive = (capability: string) => !sharedCapabilities.has(capability)

export const isShownOn = (capability: string, device: DeviceRow) =>
  device.kind === 'screen' && shownCapabilities.has(capability)

/** Could be done by nothing but a machine that moves: refused while all movement is stopped. */
export const needsMovement = (intent: TaskIntent) => {
  if (intent.who.members !== 'devices' || !moves(intent.capability)) return false
  const { kinds } = intent.who
  if (kinds === undefined) return movingOnly.has(intent.capability)
  return kinds.every((kind) => mobileKinds.has(kind))
}

/** The contract's rule for its own capabilities, the manifest's for a vendor's; the careful one when in doubt. */
export const repeatRuleOn = (capability: string, device: DeviceRow | undefined): RepeatRule =>
  isCapability(capability)
    ? repeatRule(capability)
    : (device?.manifest?.capabilities[capability]?.repeat ?? vendorCapability.repeat)

export const isImmediateOn = (capability: string, device: DeviceRow | undefined): boolean =>
  device?.manifest?.capabilities[capability]?.immediate === true

/** Languages it can use for this capability; undefined: it did not say. */
export const languagesOn = (capability: string, device: DeviceRow): readonly string[] | undefined =>
  device.manifest?.capabilities[capability]?.languages ?? device.manifest?.languages

const primary = (language: string) => language.split('-')[0]
export const canSpeak = (languages: readonly string[], wanted: string) =>
  languages.some((language) => language === wanted || primary(language) === primary(wanted))
