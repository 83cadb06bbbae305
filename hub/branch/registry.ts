/** Who may connect: each step from the claim code to the credential and its revocation, as rows. Never a secret. */
import type { RegistryChange } from '../engine/entry.ts'
import type { RegistryRow } from '../engine/state.ts'
import type { Turn } from '../engine/turn.ts'

const blank = (device: string, at: number): RegistryRow => ({
  device,
  status: 'invited',
  claimHash: null,
  claimUntil: null,
  csr: null,
  fingerprint: null,
  certificate: null,
  validUntil: null,
  at,
  by: null,
})

const next = (row: RegistryRow, change: RegistryChange): RegistryRow => {
  switch (change.change) {
    case 'invited':
      // An approved device keeps its credential until the new one is approved.
      return {
        ...row,
        status: row.status === 'approved' ? 'approved' : 'invited',
        claimHash: change.claimHash,
        claimUntil: change.claimUntil,
        by: change.by,
      }
    case 'requested':
      return {
        ...row,
        status: row.status === 'approved' ? 'approved' : 'requested',
        csr: change.csr,
        // Of an approved device the fingerprint in force stays the one of its certificate.
        fingerprint: row.status === 'approved' ? row.fingerprint : change.fingerprint,
      }
    case 'approved':
      return {
        ...row,
        status: 'approved',
        csr: null,
        claimHash: null,
        claimUntil: null,
        certificate: change.certificate,
        fingerprint: change.fingerprint,
        validUntil: change.validUntil,
        by: change.by,
      }
    case 'revoked':
      return { ...row, status: 'revoked', csr: null, claimHash: null, claimUntil: null, by: change.by }
    case 'claim-spent':
      return { ...row, claimHash: null, claimUntil: null }
  }
}

export const onRegistry = (turn: Turn, change: RegistryChange) => {
  const { device } = change
  const row = turn.state.registry.get(device) ?? blank(device, turn.at)
  turn.state.registry.put(device, { ...next(row, change), at: turn.at })
  const by = 'by' in change ? { by: change.by } : {}
  turn.record({ kind: 'device', device, code: `registry.${change.change}`, params: by })
}
