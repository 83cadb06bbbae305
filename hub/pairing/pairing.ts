/**
 * Lets a page in as a device of the branch, in the name of the administrator who typed its code: what people would do on
 * the command line, for this very page. From there on it is enrolled like every device (ADR 0023).
 */
import { type PageKind, pageKinds } from '#protocol/desk/pairing-routes.ts'
import type { ResponseOf } from '#protocol/desk/route.ts'
import type { deskApi } from '#protocol/desk/routes.ts'
import { UsherError } from '#protocol/errors.ts'
import { clientId } from '#protocol/topics.ts'
import type { BranchFile } from '../branch/file.ts'
import { parseBranchFile } from '../branch/load.ts'
import { otherRevision } from '../branch/other-revision.ts'
import { branchOf, fileOf } from '../branch/rows.ts'
import { hashClaimCode } from '../broker/claim-codes.ts'
import type { Enrolment } from '../broker/enrolment.ts'
import type { BranchState } from '../engine/state.ts'
import type { LookParts } from '../look/parts.ts'
import type { Tongue } from '../look/words/pair.ts'
import { type Admission, type CodeBook, createCodeBook, type WaitingPage } from './code-book.ts'
import type { PairingSettings } from './settings.ts'

type AnswerOf<Name extends 'door' | 'followPairing' | 'pairings'> = ResponseOf<(typeof deskApi)[Name]>

export interface AdmitWish {
  readonly code: string
  readonly device: string
  /** One that the branch does not have yet. Without a revision: whatever is in force. */
  readonly create?:
    | {
        readonly title: Readonly<Record<string, string>>
        readonly zone: string
        readonly revision?: number | undefined
      }
    | undefined
  /** Whoever is that device is shut out. */
  readonly replace?: boolean | undefined
}

/** Where pages find the broker. */
export interface PageDoors {
  /** On this machine alone. */
  readonly ws: number | undefined
  readonly wss: number | undefined
  /** A page on this machine may be any declared device by its name. */
  readonly byName: boolean
}

export interface Pairing {
  /** @param isLocal whoever asks is on the hub's own machine */
  door(isLocal: boolean): Promise<AnswerOf<'door'>>
  /** @throws UsherError `pairing.busy` */
  ask(kind: PageKind, address: string): ReturnType<CodeBook['ask']>
  follow(secret: string): Promise<AnswerOf<'followPairing'>>
  view(tongue: Tongue): Promise<AnswerOf<'pairings'>>
  /**
   * @throws UsherError `pairing.unknown`, `pairing.done`, `pairing.kind`, `pairing.taken`, `device.unknown`, and of a new
   * device `device.declared`, `zone.unknown`, `config.conflict`, `config.invalid`
   */
  admit(wish: AdmitWish, by: string): Promise<{ readonly device: string }>
  /** A device has presented its request: approved where it is a page that was let in. */
  requested(device: string): Promise<void>
}

export interface PairingParts {
  readonly look: Pick<LookParts, 'branch' | 'engine' | 'parsePolicy' | 'nowMs'>
  readonly enrolment: Pick<Enrolment, 'invite' | 'approve' | 'revoke'>
  readonly doors: () => PageDoors
  readonly settings: PairingSettings
  readonly monotonicMs: () => number
  readonly random: (bytes: number) => Buffer
  /** Into the journal, before it is done. */
  readonly note: (by: string, params: { device: string; kind: PageKind; address: string }) => Promise<unknown>
  readonly log: { warn(fields: object, text: string): void }
}

/** What a page may become; a screen behind a gateway is spoken for by that. */
const kindOf = ({ kind, gateway }: BranchFile['devices'][number]): PageKind | undefined =>
  gateway === undefined ? pageKinds.find((one) => one === kind) : undefined

/** Also one that comes by its name alone. */
const isOnline = (state: BranchState, device: string) => state.devices.get(device)?.link === 'online'

const wholeFile = (state: BranchState): BranchFile => {
  const file = fileOf(state)
  if (file === undefined) throw new UsherError('branch.no-file')
  return file
}

class BranchPairing implements Pairing {
  readonly #parts: PairingParts
  readonly #book: CodeBook
  /** One admission after the other: two administrators at once are one first and one second. */
  #last: Promise<unknown> = Promise.resolve()
  readonly #approving = new Map<string, Promise<void>>()

  constructor(parts: PairingParts) {
    this.#parts = parts
    const { settings, monotonicMs, random, look } = parts
    this.#book = createCodeBook({ settings, monotonicMs, random, nowMs: look.nowMs })
  }

  door(isLocal: boolean): Promise<AnswerOf<'door'>> {
    const { ws, wss, byName } = this.#parts.doors()
    const { branch, engine } = this.#parts.look
    return engine.read((state) => ({
      branch,
      title: { ...fileOf(state)?.title },
      languages: [...branchOf(state).languages],
      ws: (isLocal ? ws : undefined) ?? null,
      wss: wss ?? null,
      byName: isLocal && byName && ws !== undefined,
    }))
  }

  ask(kind: PageKind, address: string) {
    return this.#book.ask(kind, address)
  }

  async follow(secret: string): Promise<AnswerOf<'followPairing'>> {
    const page = this.#book.bySecret(secret)
    if (page === undefined) return { state: 'over' }
    if (page.admission === undefined) return { state: 'waiting', forMs: page.forMs }
    const { device, claim } = page.admission
    if (!this.#isMeant(page.admission)) return { state: 'over' }
    // Also where an approval could not be written when its time was.
    await this.requested(device)
    return { state: 'admitted', device, claim }
  }

  async view(tongue: Tongue): Promise<AnswerOf<'pairings'>> {
    // The words are loaded with the first who asks, not with the hub.
    const { createTitles } = await import('../look/titles.ts')
    const waiting = this.#book
      .waiting()
      .map(({ code, kind, address, since }) => ({ code, kind, address, since }))
    return this.#parts.look.engine.read((state) => {
      const titles = createTitles(state, tongue)
      const devices = (fileOf(state)?.devices ?? []).flatMap((declared) => {
        const { id, zone = null } = declared
        const kind = kindOf(declared)
        const isTaken = this.#isTaken(state, id)
        return kind === undefined ? [] : [{ id, title: titles.member(id), kind, zone, isTaken }]
      })
      const zones = [...state.zones.keys()].map((id) => ({ id, title: titles.of('zone', id) }))
      return { waiting, devices, zones, revision: branchOf(state).revision }
    })
  }

  admit(wish: AdmitWish, by: string) {
    const admitted = this.#last.then(() => this.#admit(wish, by))
    this.#last = admitted.catch(() => {})
    return admitted
  }

  requested(device: string): Promise<void> {
    const admission = this.#book.admitted(device)?.admission
    const row = this.#parts.look.engine.state.registry.get(device)
    // Its own code and no other: whoever asked before, or was invited by somebody else, waits for people.
    const isIts = admission !== undefined && row?.claimHash === admission.claimHash
    if (!isIts || row?.status !== 'requested') return Promise.resolve()
    const under = this.#approving.get(device) ?? this.#approve(admission)
    this.#approving.set(device, under)
    return under
  }

  async #approve({ device, by }: Admission): Promise<void> {
    try {
      await this.#parts.enrolment.approve(device, by)
    } catch (error) {
      this.#parts.log.warn({ device, error: String(error) }, 'a page that was let in could not be approved')
    } finally {
      this.#approving.delete(device)
    }
  }

  /** Nobody revoked it or invited somebody else meanwhile. */
  #isMeant({ device, claimHash }: Admission): boolean {
    const row = this.#parts.look.engine.state.registry.get(device)
    return row?.claimHash === claimHash || row?.status === 'approved'
  }

  #isTaken(state: BranchState, device: string): boolean {
    const admission = this.#book.admitted(device)?.admission
    return (
      state.registry.get(device)?.status === 'approved' ||
      isOnline(state, device) ||
      (admission !== undefined && this.#isMeant(admission))
    )
  }

  async #admit(wish: AdmitWish, by: string) {
    const { look, enrolment, note } = this.#parts
    const { device } = wish
    const page = this.#pageOf(wish)
    if (page.admission !== undefined) return { device }
    if (wish.create === undefined) await look.engine.read((state) => this.#check(state, page, wish))
    else await this.#create(page, { ...wish, create: wish.create }, by)
    await note(by, { device, kind: page.kind, address: page.address })
    const { status } = look.engine.state.registry.get(device) ?? {}
    if (status === 'approved' || status === 'requested' || isOnline(look.engine.state, device))
      await enrolment.revoke(device, by, 'another page takes its place')
    const { code: claim, until } = await enrolment.invite(device, by)
    const claimHash = hashClaimCode(clientId(look.branch, device), claim)
    const lifeMs = Math.max(1, until - look.nowMs())
    if (!this.#book.admit(page.code, { device, claim, claimHash, by }, lifeMs))
      throw new UsherError('pairing.unknown', wish.code)
    return { device }
  }

  /** @returns with an admission only where it was let in as this very device. */
  #pageOf({ code, device }: AdmitWish): WaitingPage {
    const page = this.#book.byCode(code)
    if (page === undefined) throw new UsherError('pairing.unknown', code)
    const { admission } = page
    if (admission !== undefined && admission.device !== device)
      throw new UsherError('pairing.done', admission.device)
    return page
  }

  #check(state: BranchState, page: WaitingPage, { device, replace }: AdmitWish) {
    const declared = wholeFile(state).devices.find(({ id }) => id === device)
    if (declared === undefined) throw new UsherError('device.unknown', device)
    const { kind, gateway } = declared
    if (kindOf(declared) !== page.kind)
      throw new UsherError(
        'pairing.kind',
        `${device}: ${kind}${gateway === undefined ? '' : `, behind ${gateway}`}.`,
      )
    if (replace !== true && this.#isTaken(state, device)) throw new UsherError('pairing.taken', device)
  }

  /** A whole branch file with one device more, checked like any other. */
  async #create(
    { kind }: WaitingPage,
    { device, create }: AdmitWish & { create: NonNullable<AdmitWish['create']> },
    by: string,
  ) {
    const { engine, parsePolicy } = this.#parts.look
    const { file, revision } = await engine.read((state) => ({
      file: wholeFile(state),
      revision: branchOf(state).revision,
    }))
    const { title, zone } = create
    if (create.revision !== undefined && create.revision !== revision)
      throw otherRevision(create.revision, revision)
    if (file.devices.some(({ id }) => id === device)) throw new UsherError('device.declared', device)
    if (!file.zones.some(({ id }) => id === zone)) throw new UsherError('zone.unknown', zone)
    const next = { ...file, devices: [...file.devices, { id: device, kind, title, zone }] }
    const parsed = parseBranchFile(JSON.stringify(next), parsePolicy)
    await engine.submit({ body: { kind: 'config', file: parsed, revision, by } })
  }
}

export const createPairing = (parts: PairingParts): Pairing => new BranchPairing(parts)
