/** What every CONNECT must be, whoever it comes from. MQTT lets characters through that logs, JSON and SQL mind. */
import type { ErrorCode } from '#protocol/errors.ts'
import { parseClientId } from '#protocol/topics.ts'
import type { DeviceDirectory } from './directory.ts'
import type { BrokerLimits } from './limits.ts'
import type { BrokerRules, ConnectRequest } from './rules.ts'
import { checkPublish, checkSubscribe, checkWill } from './topic-rules.ts'

/** Control characters, lone surrogates, non-characters, and what invalid UTF-8 was decoded to [MQTT-1.5.3]. */
// oxlint-disable-next-line no-control-regex -- they are what is being refused
const unclean = /[\u0000-\u001f\u007f-\u009f\ud800-\udfff\ufdd0-\ufdef\ufffd\ufffe\uffff]/u

export const isCleanText = (text: string, bytesMax: number): boolean =>
  !unclean.test(text) && Buffer.byteLength(text) <= bytesMax

export const checkTexts = (request: ConnectRequest, limits: BrokerLimits): ErrorCode | undefined => {
  const texts = [request.clientId, request.username ?? '', request.will?.topic ?? '']
  return texts.every((text) => isCleanText(text, limits.topicBytesMax)) ? undefined : 'connect.text'
}

export const checkKeepAlive = (request: ConnectRequest, limits: BrokerLimits): ErrorCode | undefined =>
  request.keepAliveSeconds >= 1 && request.keepAliveSeconds <= limits.keepAliveSecondsMax
    ? undefined
    : 'connect.keep-alive'

export interface DeviceRulesParts {
  readonly branch: string
  readonly directory: DeviceDirectory
  readonly limits: BrokerLimits
}

/** The rules for devices. */
export const createDeviceRules = ({ branch, directory, limits }: DeviceRulesParts): BrokerRules => {
  const scope = { branch, directory }
  return {
    session: (request) => {
      const failed = checkTexts(request, limits) ?? checkKeepAlive(request, limits)
      if (failed !== undefined) return failed
      if (parseClientId(request.clientId)?.branch !== branch) return 'connect.client-id'
      return request.clean ? undefined : 'connect.session'
    },
    standing: ({ device }) => (directory.find(device)?.status === 'revoked' ? 'connect.revoked' : undefined),
    will: (identity, will) => checkWill(scope, identity, will),
    publish: (identity, packet) =>
      isCleanText(packet.topic, limits.topicBytesMax)
        ? checkPublish(scope, identity, packet)
        : { refused: { code: 'connect.text', close: true } },
    subscribe: (identity, filter) =>
      isCleanText(filter, limits.topicBytesMax) ? checkSubscribe(scope, identity, filter) : 'connect.text',
  }
}
