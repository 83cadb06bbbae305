/** From what is to be shown to what stands on the screen. */
import type { ProgrammeEntry } from '#protocol/programme.ts'
import type { Content, Words } from '#protocol/targets.ts'
import type { Shelf } from './keep/shelf.ts'
import { defaultScene, type LiveParts, liveScene } from './show/live-scenes.ts'
import { mediaScene } from './show/media-scenes.ts'
import { type Scene, SceneFailed } from './show/scene.ts'
import { captionOf, wordsScene } from './show/word-scenes.ts'

export interface SceneMaker {
  /** @throws SceneFailed */
  ofEntry(entry: ProgrammeEntry): Promise<Scene>
  /** Of a task: its words, where its file is not here. */
  ofContent(content: Content): Promise<Scene>
  ofNothing(): Scene
}

export interface SceneMakerParts {
  readonly shelf: Shelf
  readonly live: LiveParts
  readonly volume: () => number
}

export const createSceneMaker = ({ shelf, live, volume }: SceneMakerParts): SceneMaker => {
  const { about, time } = live
  /** The branch's most important language first. */
  const inOrder = (words: readonly Words[]) => {
    const place = ({ language }: Words) => {
      const at = about().languages.indexOf(language)
      return at === -1 ? Number.POSITIVE_INFINITY : at
    }
    return [...words].sort((a, b) => (place(a) < place(b) ? -1 : place(a) > place(b) ? 1 : 0))
  }
  const ofMedia = async (media: NonNullable<Content['media']>, words: readonly Words[]) => {
    const blob = await shelf.take(media.sha256)
    if (blob === undefined) throw new SceneFailed('Its file is not here.')
    return await mediaScene({ media, blob, caption: captionOf(inOrder(words)), volume })
  }
  const inWords = (look: Content['template'], words: readonly Words[], values?: Content['values']) =>
    wordsScene({ look, words: inOrder(words), values, time })
  return {
    async ofEntry({ media, template, words }) {
      if (media !== undefined) return await ofMedia(media, words)
      if (template !== undefined) return liveScene(template, inOrder(words), live)
      if (words.length === 0) throw new SceneFailed('There is nothing in it.')
      return inWords('plain', words)
    },
    async ofContent({ media, words, template, values }) {
      if (media !== undefined && shelf.has(media.sha256)) {
        const scene = await ofMedia(media, words).catch(() => undefined)
        if (scene !== undefined) return scene
      }
      // For the next time.
      if (media !== undefined) shelf.fetch(media).catch(() => {})
      return inWords(template, words, values)
    },
    ofNothing: () => defaultScene(live),
  }
}
