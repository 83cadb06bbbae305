/** Sends a draft to the hub, step by step, and keeps how far it came. */
import { useMemo } from 'react'
import { useTongue } from '../../../ui/words.ts'
import { askHub, HubRefused } from '../../live/ask-hub.ts'
import { useMe } from '../../live/use-live.ts'
import { type Ask, type Delivery, deliver } from './model/deliver.ts'
import type { Draft } from './model/draft.ts'
import { randomPart } from './model/names.ts'

export const isConflict = (error: unknown): boolean =>
  error instanceof HubRefused && error.error?.code === 'config.conflict'

const ask: Ask = {
  library: () => askHub('library', {}),
  addVersion: (version) => askHub('addVersion', version),
  setCampaign: (campaign) => askHub('setDeskCampaign', campaign),
  setPlaylist: (playlist) => askHub('setPlaylist', playlist),
  isConflict,
}

export const useDelivery = (onStep: Delivery['onStep']): ((draft: Draft) => Promise<Draft>) => {
  const tongue = useTongue()
  const { name: who } = useMe()
  return useMemo(
    () => (draft) => deliver(draft, { ask, tongue, who, random: randomPart, onStep }),
    [tongue, who, onStep],
  )
}
