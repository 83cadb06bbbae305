/**
 * The media of a call as a page sees it, whatever carries it: a mesh between two to four browsers today, a media server
 * when a bank outgrows that. The page shows what `watch` tells it and does nothing about connections itself.
 * `openCall` of `open-call.ts` gives one. It is loaded when a call begins (`await import('…/call/open-call.ts')`), so that
 * nobody waits for it who does not call; the types are here.
 */
import type { BrowseSaid } from '#protocol/calls/browse.ts'
import type { CallOver, Participant, RoomRecording, Shown } from '#protocol/calls/signalling.ts'

/** `good`, `fair`, `poor` by loss, round trip and frames; `none`: nothing came for three seconds. */
export type Quality = 'good' | 'fair' | 'poor' | 'none'

export interface Party {
  readonly id: Participant
  readonly title: Readonly<Record<string, string>>
  readonly shown: Shown
  readonly stream: MediaStream | null
  /** Experts speak among themselves: this page and they neither see nor hear each other. */
  readonly apart: boolean
  readonly link: 'connecting' | 'connected' | 'broken'
  readonly quality: Quality
}

export interface CallView {
  readonly call: string | null
  readonly me: Participant | null
  /** The line to the hub; media go on without it. */
  readonly line: 'connecting' | 'open' | 'lost'
  readonly others: readonly Party[]
  readonly own: { readonly stream: MediaStream | null; readonly shown: Shown }
  /** Shown as long as it is not null, whatever its state: nobody is recorded without seeing it. */
  readonly recording: RoomRecording | null
  readonly over: CallOver['why'] | null
  /** A code, with what to do in the words of the page; null: none. */
  readonly trouble: 'camera-denied' | 'camera-missing' | 'ticket-refused' | null
}

/** Between the kiosk of the call and the expert who has it; for anybody else it is silent. */
export interface BrowseLine {
  /** @returns false: there is no line to the hub now, and it is not kept. */
  send(said: BrowseSaid): boolean
  hear(callback: (said: BrowseSaid) => void): () => void
  /** Calls back each time the line is there, at once where it is. */
  onOpen(callback: () => void): () => void
}

export interface CallMedia {
  /** Calls back now and after each change, until called off. */
  watch(callback: (view: CallView) => void): () => void
  view(): CallView
  readonly browse: BrowseLine
  setCamera(on: boolean): Promise<void>
  setMicrophone(on: boolean): Promise<void>
  /** The others neither see nor hear this page, nor this page them, until it is taken off. */
  hold(on: boolean): void
  /** Another camera or microphone, without a new negotiation. */
  use(device: { readonly kind: 'camera' | 'microphone'; readonly id: string }): Promise<void>
  /** Leaves for good. */
  hangUp(): Promise<void>
  /** The page goes; the others see it as lost. */
  close(): void
}

export interface CallOptions {
  /** Of the hub. Empty: where the page came from. */
  readonly origin: string
  readonly ticket: string
  /** What is wanted at the start: the tablet beside a kiosk joins with both off, or it howls. */
  readonly camera: boolean
  readonly microphone: boolean
  /** Names the call in this tab: a page that is loaded anew in it begins as its person had left it. */
  readonly keptAs?: string
  /** Chosen before. Absent: whichever the browser takes. */
  readonly devices?: { readonly camera?: string | undefined; readonly microphone?: string | undefined }
}
