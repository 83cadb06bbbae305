/**
 * From the wire to the journal: what arrives is checked, becomes an input and is committed, or is answered with a
 * coded error and kept out. Either way it is settled when the promise resolves, and only then acknowledged.
 */
import { type ErrorCode, errors, UsherError } from '#protocol/errors.ts'
import type { Input, Numbering, RegistryChange } from '../engine/entry.ts'
import type { Clock } from '../engine/hub-time.ts'
import { type Acks, createAcks } from './acks.ts'
import { type Answers, createAnswers } from './answers.ts'
import type { BrokerLimits } from './limits.ts'
import type { BrokerMetrics } from './metrics.ts'
import { type Parsed, parseArrival } from './parse-arrival.ts'
import type { Arrival, BrokerPort } from './port.ts'
import { createTelemetry, type Telemetry } from './telemetry.ts'

export interface IngressParts {
  readonly branch: string
  readonly clock: Clock
  readonly limits: BrokerLimits
  readonly metrics: BrokerMetrics
  readonly broker: Pick<BrokerPort, 'publish' | 'disconnect'>
  /**
   * Resolves when committed, or known to be committed before. Rejects with a code of the sender's fault when it is
   * refused for good, with anything else when it could not be committed.
   */
  submit(input: Input): Promise<unknown>
  /** @returns the registry change a certificate request amounts to; undefined: nothing to journal. */
  enrol(device: string, csr: string, claimHash: string | undefined): Promise<RegistryChange | undefined>
  /** From the device's manifest, if it promised one. */
  heartbeatMs?(device: string): number | null
  /** Live positions and the like, for whoever watches; never journalled. */
  onStream?(device: string, name: string, data: Record<string, unknown>): void
}

type ParsedInput = Extract<Parsed, { what: 'input' }>

/** Whose fault it is that a message is refused for good: the hub's own troubles pass. */
const finalFaults: ReadonlySet<(typeof errors)[ErrorCode]['fault']> = new Set([
  'sender',
  'device',
  'operator',
])

/** Refused because of what it is: sending it again would change nothing. */
const isFinal = (error: unknown): error is UsherError =>
  error instanceof UsherError && (error.code === 'hub.bug' || finalFaults.has(errors[error.code].fault))

const inputOf = ({ body, cause, numbering }: ParsedInput): Input => ({
  body,
  ...(numbering === undefined ? {} : { numbering }),
  ...(cause === undefined ? {} : { cause }),
})

interface Tools {
  readonly parts: IngressParts
  readonly answers: Answers
  readonly acks: Acks
  readonly telemetry: Telemetry
}

const refuse = ({ answers, acks }: Tools, arrival: Arrival, bad: Extract<Parsed, { what: 'bad' }>) => {
  const { code, detail, numbering } = bad
  answers.refuse(arrival.device, { code, detail, topic: arrival.topic, numbering })
  if (numbering !== undefined) acks.settled(arrival.device, numbering)
}

/** What a refusal of the hub says to the device; anything else goes on up. */
const refusalOf = (error: unknown, numbering: Numbering | undefined): Extract<Parsed, { what: 'bad' }> => {
  if (!isFinal(error)) throw error
  const { code, detail } = error
  return {
    what: 'bad',
    code,
    ...(detail === undefined ? {} : { detail }),
    ...(numbering === undefined ? {} : { numbering }),
  }
}

/** Commits, and acknowledges what is settled. */
const submit = async (tools: Tools, arrival: Arrival, input: Input): Promise<void> => {
  const { numbering } = input
  if (numbering !== undefined) tools.acks.began(arrival.device, numbering)
  try {
    await tools.parts.submit(input)
    if (numbering !== undefined) tools.acks.settled(arrival.device, numbering)
  } catch (error) {
    refuse(tools, arrival, refusalOf(error, numbering))
  }
}

const enrol = async (tools: Tools, arrival: Arrival, csr: string): Promise<void> => {
  try {
    const change = await tools.parts.enrol(arrival.device, csr, arrival.claimHash)
    if (change !== undefined) await tools.parts.submit({ body: { kind: 'registry', change } })
  } catch (error) {
    refuse(tools, arrival, refusalOf(error, undefined))
  }
}

/** @returns whether it was telemetry, taken care of there. */
const takeTelemetry = ({ telemetry, acks }: Tools, arrival: Arrival, parsed: ParsedInput): boolean => {
  const { body, numbering } = parsed
  const { device } = arrival
  if (body.kind === 'state' && arrival.qos === 0) telemetry.state(device, body.state)
  else if (body.kind === 'report' && body.report.status === 'progress' && arrival.qos === 0)
    telemetry.progress(device, body.task, body.report)
  else {
    if (body.kind === 'state') telemetry.journalled(device, body.state)
    if (body.kind === 'report') telemetry.settled(device, body.task)
    return false
  }
  // Nobody keeps it, so a gap in the numbers must not hold up the acknowledgement of what follows.
  if (numbering !== undefined) acks.settled(device, numbering)
  return true
}

const createTools = (parts: IngressParts): Tools => {
  const { branch, clock, limits, metrics, broker } = parts
  const { ackPeriodMs, badMessagesPerMinute } = limits
  const drop = (device: string) => () => metrics.count('telemetry.dropped', device)
  const journal = (device: string, input: Input) => void parts.submit(input).catch(drop(device))
  return {
    parts,
    acks: createAcks({ branch, ackPeriodMs, clock, broker }),
    answers: createAnswers({
      branch,
      badMessagesPerMinute,
      metrics,
      broker,
      monotonicMs: () => clock.monotonicMs(),
    }),
    telemetry: createTelemetry({
      clock,
      telemetryPeriodMs: limits.telemetryPeriodMs,
      telemetryRefreshMs: limits.telemetryRefreshMs,
      ...(parts.heartbeatMs !== undefined && { heartbeatMs: parts.heartbeatMs }),
      onState: (device, state) => journal(device, { body: { kind: 'state', device, state } }),
      onProgress: (device, task, report) =>
        journal(device, {
          body: { kind: 'report', device, task, report },
          cause: `${task}/${report.attempt}`,
        }),
    }),
  }
}

/** @returns what the broker calls for every arrival; inputs are submitted in the order of the calls. */
export const createIngress = (parts: IngressParts): ((arrival: Arrival) => Promise<void>) => {
  const tools = createTools(parts)
  return (arrival) => {
    const parsed = parseArrival(arrival, parts.limits)
    switch (parsed.what) {
      case 'bad':
        refuse(tools, arrival, parsed)
        return Promise.resolve()
      case 'stream':
        parts.onStream?.(arrival.device, parsed.name, parsed.data)
        return Promise.resolve()
      case 'enrol':
        return enrol(tools, arrival, parsed.csr)
      case 'input':
        if (takeTelemetry(tools, arrival, parsed)) return Promise.resolve()
        if (parsed.numbering === undefined) parts.metrics.count('message.unnumbered', arrival.device)
        return submit(tools, arrival, inputOf(parsed))
    }
  }
}
