/** A picture of the library with its words; one that cannot be had leaves the words alone. */
import { useState } from 'react'
import type { Media } from '#protocol/content.ts'
import type { Words } from '#protocol/targets.ts'
import styles from './picture.module.css'
import { WordsIn } from './words-in.tsx'

export interface PictureProps {
  readonly media: Media | undefined
  readonly words: readonly Words[]
}

export const Picture = ({ media, words }: PictureProps) => {
  const [missing, setMissing] = useState<string | null>(null)
  const isThere = media?.type.startsWith('image/') === true && missing !== media.sha256
  return (
    <figure className={styles.picture}>
      {isThere && (
        <img
          src={`/content/${media.sha256}`}
          alt={words.map(({ text }) => text).join(' ')}
          onError={() => setMissing(media.sha256)}
        />
      )}
      {!isThere && (
        <figcaption className={styles.words}>
          <WordsIn words={words} isForAll />
        </figcaption>
      )}
    </figure>
  )
}
