/** What a screen makes of a version, scaled down: its file, with the words of one language on it. */
import { useState } from 'react'
import type { Media } from '#protocol/content.ts'
import { filePath, type VersionTold } from '#protocol/desk/content-routes.ts'
import { classes } from '../../../ui/classes.ts'
import { useSay } from '../../../ui/words.ts'
import styles from './screen-look.module.css'
import { TemplateLook } from './template-look.tsx'
import { contentWords } from './words.ts'

export type Shown = Pick<VersionTold, 'media' | 'template' | 'words'>

interface FileProps {
  readonly media: Media
  readonly title: string
  readonly isLive: boolean
}

const FileLook = ({ media, title, isLive }: FileProps) => {
  const say = useSay()
  const [broken, setBroken] = useState<string>()
  const { sha256, type } = media
  const source = filePath(sha256)
  if (broken === sha256) return <p className={styles.broken}>{say(contentWords.cannotShow)}</p>
  if (type === 'text/html')
    return (
      // Nothing that it brings may run here, and nobody steps into it by key.
      <iframe
        className={styles.frame}
        src={source}
        sandbox=""
        title={title}
        tabIndex={-1}
        scrolling="no"
        loading="lazy"
      />
    )
  if (type === 'video/mp4' || type === 'video/webm')
    return (
      // Screens play without sound and without captions: what is said stands in the words.
      <video
        key={sha256}
        className={styles.file}
        src={source}
        muted
        playsInline
        loop
        autoPlay={isLive}
        controls={isLive}
        preload="metadata"
        aria-label={title}
        onError={() => setBroken(sha256)}
      />
    )
  return (
    <img className={styles.file} src={source} alt={title} loading="lazy" onError={() => setBroken(sha256)} />
  )
}

export interface ScreenLookProps {
  readonly of: Shown
  readonly title: string
  /** Of the words on it. */
  readonly language: string | undefined
  /** A video plays, and can be stopped. */
  readonly isLive?: boolean
}

export const ScreenLook = ({
  of: { media, template, words },
  title,
  language,
  isLive = false,
}: ScreenLookProps) => {
  const say = useSay()
  const text = language === undefined ? undefined : words[language]
  const isWordsOnly = media === null && template === null
  return (
    <div className={styles.screen} lang={language} data-look={media?.type ?? template ?? 'words'}>
      {media !== null && <FileLook media={media} title={title} isLive={isLive} />}
      {media === null && template !== null && (
        <TemplateLook template={template} language={language} words={text} />
      )}
      {isWordsOnly && text === undefined && <p className={styles.nothing}>{say(contentWords.nothingYet)}</p>}
      {text !== undefined && template === null && (
        <p className={classes(styles.words, isWordsOnly && styles.alone)}>{text}</p>
      )}
    </div>
  )
}
