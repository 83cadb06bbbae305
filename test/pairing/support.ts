/** Pages let in at a branch that has an authority, a registry and two screens, without a broker or a browser. */
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { openAuthority } from '#hub/broker/authority.ts'
import { hashClaimCode } from '#hub/broker/claim-codes.ts'
import { createEnrolment, type Enrolment } from '#hub/broker/enrolment.ts'
import type { RegistryChange } from '#hub/engine/entry.ts'
import type { LookParts } from '#hub/look/parts.ts'
import { createPairing, type Pairing, type PairingParts } from '#hub/pairing/pairing.ts'
import { PairingSettings } from '#hub/pairing/settings.ts'
import { clientId } from '#protocol/topics.ts'
import { makeDevice } from '../broker/enrol-support.ts'
import { type LookLab, labBranch, labFile, openLookLab } from '../desk/look-lab.ts'
import { createTestClock, type TestClock } from '../support/clock.ts'

export const screensFile = labFile.replace(
  'staff:',
  `  - { id: screen-1, kind: screen, title: { zh: 一号屏, en: Screen one }, zone: waiting }
  - { id: screen-2, kind: screen, zone: entrance }
  - { id: kiosk-1, kind: kiosk, zone: entrance }
staff:`,
)

const nobody = () => Promise.reject(new Error('nobody is let in here'))

type Wishes = Partial<Pick<PairingParts, 'enrolment' | 'settings' | 'note'>>

export const pairingFor = (
  look: LookParts,
  clock: Pick<TestClock, 'monotonicMs'>,
  wishes: Wishes = {},
): Pairing =>
  createPairing({
    look,
    enrolment: { invite: nobody, approve: nobody, revoke: nobody },
    doors: () => ({ ws: 8083, wss: undefined, byName: true }),
    settings: PairingSettings.parse({}),
    monotonicMs: () => clock.monotonicMs(),
    random: randomBytes,
    note: () => Promise.resolve(),
    log: { warn: () => {} },
    ...wishes,
  })

export interface PairingLab {
  readonly lab: LookLab
  readonly clock: TestClock
  readonly pairing: Pairing
  readonly enrolment: Enrolment
  /** Who was thrown out. */
  readonly disconnected: readonly string[]
  readonly notes: readonly object[]
  /** What a page does with its claim code: comes in with it, and asks with a key of its own. */
  present(device: string, claim: string): Promise<void>
  /** A hub started anew: what it had in memory is gone. */
  restart(): Pairing
}

export const openPairingLab = async (folder: string): Promise<PairingLab> => {
  const clock = createTestClock()
  const lab = await openLookLab(screensFile, clock)
  const disconnected: string[] = []
  const notes: object[] = []
  const authority = await openAuthority({
    directory: join(folder, 'pki'),
    branch: labBranch,
    hosts: ['localhost'],
    certificateDays: 397,
    wallMs: () => clock.wallMs(),
  })
  const submit = (change: RegistryChange) => lab.send({ kind: 'registry', change })
  const enrolment = createEnrolment({
    branch: labBranch,
    directory: {
      find: (device) => lab.engine.state.registry.get(device),
      declared: (device) => lab.engine.state.devices.get(device),
      request: async (change) => void (await submit(change)),
    },
    authority,
    nowMs: () => lab.engine.position().at,
    random: randomBytes,
    claimLifeMs: 900_000,
    announce: () => Promise.resolve(),
    disconnect: (device) => disconnected.push(device),
  })
  const make = () =>
    pairingFor(lab.parts, clock, {
      enrolment,
      note: async (by, params) => void notes.push({ by, ...params }),
    })
  let pairing = make()
  return {
    lab,
    clock,
    get pairing() {
      return pairing
    },
    enrolment,
    disconnected,
    notes,
    present: async (device, claim) => {
      const { csr } = await makeDevice(clientId(labBranch, device))
      const change = await enrolment.present(device, csr, hashClaimCode(clientId(labBranch, device), claim))
      if (change !== undefined) await submit(change)
      await pairing.requested(device)
    },
    restart: () => {
      pairing = make()
      return pairing
    },
  }
}
