/** A draft in one sentence: where it would run, once a second person agrees. */
import { useSay, useTitle, useTongue } from '../../../ui/words.ts'
import { formWords } from './form-words.ts'
import { forWhom } from './model/campaign-form.ts'
import { type Draft, newPlaylist } from './model/draft.ts'
import { runsIn } from './model/runs-form.ts'
import { saidForWhom, saidInLoop } from './model/sentence.ts'
import type { Library } from './model/shown-on.ts'
import { contentWords } from './words.ts'

export const useDraftSaid = ({ zones, playlists }: Library): ((draft: Draft) => string) => {
  const say = useSay()
  const titleOf = useTitle()
  const tongue = useTongue()
  return ({ way, campaign, loop, source, media, mandatory }) => {
    if (mandatory !== null) return say(contentWords.runsAlways)
    if (way === 'later') return say(formWords.saidLater)
    if (way === 'campaign') return saidForWhom(forWhom(campaign), zones, tongue)
    const isVideo = source === 'file' && media?.type.startsWith('video/') === true
    const showForMs = isVideo ? null : loop.seconds * 1000
    const there = playlists.find(({ id }) => loop.playlist !== newPlaylist && id === loop.playlist)
    if (there === undefined)
      return saidInLoop({ zones: loop.zones, runs: runsIn(loop.runs), showForMs }, zones, tongue)
    const name = say(contentWords.inLoop, { title: titleOf(there.title, there.id) })
    return `${name}${tongue === 'zh' ? '：' : ': '}${saidInLoop({ ...there, showForMs }, zones, tongue)}`
  }
}
