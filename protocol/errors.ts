/**
 * Every error Usher can answer with: a stable code, what happened, whose fault it is and what to do.
 * Callers switch on the code, never on the text. docs/reference/errors.md is generated from this table.
 */
import { branchErrors } from './branch-errors.ts'
import { contentErrors } from './content-errors.ts'
import type { Detail } from './desk/details.ts'
import { deskErrors } from './desk-errors.ts'
import { effectErrors } from './effect-errors.ts'
import { type ErrorRow, row } from './error-row.ts'
import { firmwareErrors } from './firmware-errors.ts'
import { flowErrors } from './flow-errors.ts'
import { planFileErrors } from './plan-file-errors.ts'
import { scenarioErrors } from './scenario-errors.ts'
import { sdkErrors } from './sdk-errors.ts'
import { storeErrors } from './store-errors.ts'
import { supervisionErrors } from './supervision-errors.ts'
import { taskErrors } from './task-errors.ts'
import { workErrors } from './work-errors.ts'

export type { ErrorRow } from './error-row.ts'

export const errors = {
  // What a device sends
  'payload.not-json': row(
    'The payload is not JSON.',
    'sender',
    'after-change',
    'Send UTF-8 JSON without a byte order mark.',
  ),
  'payload.too-large': row(
    'The payload is larger than the limit.',
    'sender',
    'after-change',
    'Send at most the number of bytes named in the message.',
  ),
  'payload.too-deep': row(
    'The payload nests deeper than the limit.',
    'sender',
    'after-change',
    'Flatten the payload.',
  ),
  'payload.invalid': row(
    'The payload does not fit its schema.',
    'sender',
    'after-change',
    'Compare it with docs/reference/schemas; the text names the field.',
  ),
  'payload.stale-epoch': row(
    'The report names an epoch that has ended.',
    'sender',
    'no',
    'Drop the task; the hub was restored or taken over since.',
  ),
  'topic.unknown': row(
    'The topic is not part of the contract.',
    'sender',
    'after-change',
    'See docs/reference/asyncapi.json for the topics.',
  ),
  'topic.foreign': row(
    'The topic belongs to another device or branch.',
    'sender',
    'no',
    'Publish and subscribe under your own name only.',
  ),
  'topic.retain': row(
    'This topic may not be retained.',
    'sender',
    'after-change',
    'Only presence and manifest are retained.',
  ),
  'event.unknown': row(
    'The event name is not known.',
    'sender',
    'after-change',
    'Use a name of the contract, or one that starts with x- .',
  ),
  'report.unknown-task': row(
    'The report names a task or attempt that was never offered to this device.',
    'sender',
    'no',
    'Report only tasks offered to you.',
  ),
  // Connecting to the broker
  'connect.client-id': row(
    'The client id is not the branch and device id this connection is signed in as.',
    'sender',
    'after-change',
    'Connect with the client id `branch/device` of your own registration.',
  ),
  'connect.text': row(
    'A client id, user name, topic or filter has characters that are not allowed.',
    'sender',
    'after-change',
    'Use valid UTF-8 without control characters.',
  ),
  'connect.session': row(
    'The broker keeps no sessions.',
    'sender',
    'after-change',
    'Connect with clean session set; the hub sends again what still matters.',
  ),
  'connect.keep-alive': row(
    'The keep-alive is outside its limits.',
    'sender',
    'after-change',
    'Use a keep-alive between 1 s and the limit.',
  ),
  'connect.will': row(
    'The last will is not allowed.',
    'sender',
    'after-change',
    'Set your own presence topic as the will, QoS 0 or 1.',
  ),
  'connect.unknown-device': row(
    'This device is not registered here.',
    'operator',
    'after-change',
    'Add it to the branch file, or give it a claim code with `usher devices add`.',
  ),
  'connect.not-approved': row(
    'This device is not approved yet.',
    'operator',
    'later',
    'Approve it with `usher devices approve`.',
  ),
  'connect.revoked': row(
    'The registration of this device was revoked.',
    'operator',
    'no',
    'Register it again with a new claim code.',
  ),
  'connect.credential': row(
    'The credential does not fit this device.',
    'sender',
    'after-change',
    'Use the certificate or token issued last for this device.',
  ),
  'connect.origin': row(
    'A web page asked that is not of an origin which may connect.',
    'operator',
    'after-change',
    'Name the origin of the page in mqtt.websocket.origins, if it is yours.',
  ),
  'connect.claim': row(
    'The claim code is wrong, used or too old.',
    'sender',
    'after-change',
    'Ask for a new one with `usher devices add`; it is good for a short time and for one device.',
  ),
  'connect.too-many': row(
    'Too many attempts in a short time.',
    'sender',
    'later',
    'Wait a minute, then try again.',
  ),
  'connect.busy': row(
    'Signing in took longer than the limit.',
    'hub',
    'later',
    'Connect again in a few seconds.',
  ),
  'connect.slow': row(
    'The connection does not read what is sent to it.',
    'device',
    'later',
    'Read without pause; what still matters is sent again after connecting.',
  ),
  'connect.not-committed': row(
    'What was sent could not be committed in time, so it is not acknowledged.',
    'hub',
    'later',
    'Connect again and send it again.',
  ),
  'packet.malformed': row(
    'A packet is not MQTT 3.1.1.',
    'sender',
    'after-change',
    'Check the client library; MQTT 5 is not spoken here.',
  ),
  'packet.too-large': row(
    'A packet is larger than the limit.',
    'sender',
    'after-change',
    'Send less in one message.',
  ),
  'qos.unsupported': row(
    'QoS 2 is not accepted.',
    'sender',
    'after-change',
    'Use QoS 1: numbered messages are recognised when they come twice.',
  ),
  'topic.reserved': row(
    'Topics that begin with $ are reserved.',
    'sender',
    'no',
    'Use the topics of the contract only.',
  ),
  'topic.wildcard': row(
    'Wildcards are not allowed.',
    'sender',
    'after-change',
    'Name each topic of your own in full.',
  ),
  'payload.too-many-bad': row(
    'Too many bad messages in a minute.',
    'sender',
    'after-change',
    'Read your error topic; mend the messages, then connect again.',
  ),
  'enrol.bad-request': row(
    'The certificate request cannot be used.',
    'sender',
    'after-change',
    'Send a PKCS#10 request in PEM, signed with its own key: ECDSA P-256 or P-384, Ed25519, or RSA from 2048 bits.',
  ),
  'enrol.not-requested': row(
    'There is no certificate request to approve for this device.',
    'operator',
    'after-change',
    'Let the device present its claim code first.',
  ),
  'broker.plaintext-exposed': row(
    'The plaintext listener is for this machine only.',
    'operator',
    'after-change',
    'Bind it to 127.0.0.1 or ::1; devices in the network use the TLS listener.',
  ),
  'broker.port-taken': row(
    'The port of the broker is in use.',
    'operator',
    'after-change',
    'Stop the other program, or choose another port.',
  ),
  'broker.unreachable': row(
    'No hub listens at this address.',
    'operator',
    'later',
    'Start one with usher start, or name the address of its broker with --hub.',
  ),

  // The hub itself
  'hub.busy': row(
    'More is waiting than the hub takes on.',
    'hub',
    'later',
    'Send again later, and more slowly.',
  ),
  'hub.stopping': row('The hub is stopping.', 'hub', 'later', 'Send again when it is back.'),
  'hub.bug': row(
    'The hub could not decide this; nothing of it was kept.',
    'hub',
    'no',
    'Report it with the line of the log.',
  ),
  'store.full': row(
    'The disk is full; nothing was written.',
    'environment',
    'later',
    'Free some space; the hub goes on by itself.',
  ),
  'store.broken': row(
    'The disk failed; what is on it is unknown.',
    'environment',
    'no',
    'Check the disk, then restart; restore a backup if verify fails.',
  ),
  'store.conflict': row(
    'The stored data changed beside this hub, or does not fit what it remembers.',
    'hub',
    'no',
    'Make sure that only one hub uses this data directory, restart it, and report the line of the log.',
  ),

  // Settings, commands and the doors of the process
  'config.unreadable': row(
    'The file cannot be read.',
    'operator',
    'after-change',
    'Check the path and its permissions.',
  ),
  'config.invalid': row(
    'The configuration does not fit.',
    'operator',
    'after-change',
    'The text names each field and what is wrong with it.',
  ),
  'command.unknown': row(
    'The hub does not know this command.',
    'sender',
    'after-change',
    'Use a command line of the same version as the hub.',
  ),
  'command.invalid': row(
    'The command does not fit.',
    'sender',
    'after-change',
    'The text names the field; see --help.',
  ),
  'task.unknown': row('No task has this id.', 'operator', 'no', 'See usher tasks list --all.'),
  'hub.unreachable': row(
    'No hub answers on this data directory.',
    'operator',
    'later',
    'Start one with usher start, or name its data directory with --data.',
  ),
  'http.port-taken': row(
    'Another program listens on the HTTP port.',
    'operator',
    'after-change',
    'Stop it, or choose another port in the configuration (http.port).',
  ),

  // Starting
  'node.too-old': row(
    'Usher was started on a Node older than it needs.',
    'operator',
    'after-change',
    'Run npm ci in the folder of Usher, which brings Node 24 along for Linux; elsewhere install Node 24.',
  ),
  ...storeErrors,
  ...branchErrors,
  ...contentErrors,
  ...firmwareErrors,
  ...flowErrors,
  ...taskErrors,
  ...workErrors,
  ...effectErrors,
  ...scenarioErrors,
  ...sdkErrors,
  ...supervisionErrors,
  ...deskErrors,
  ...planFileErrors,
} as const satisfies Record<string, ErrorRow>

export type ErrorCode = keyof typeof errors

/** An error with a stable code. `detail` is for the reader of this one case; never a secret, never a stack. */
export class UsherError extends Error {
  override readonly name = 'UsherError'
  readonly code: ErrorCode
  readonly detail: string | undefined
  /** The same as `detail`, for who says it in another language. */
  readonly details: readonly Detail[] | undefined

  constructor(
    code: ErrorCode,
    detail?: string,
    options?: ErrorOptions & { readonly details?: readonly Detail[] },
  ) {
    super(detail === undefined ? errors[code].summary : `${errors[code].summary} ${detail}`, options)
    this.code = code
    this.detail = detail
    this.details = options?.details
  }
}

export const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(errors, code)
