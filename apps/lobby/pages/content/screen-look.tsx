/** What a screen makes of a version, scaled down: the same parts in the same places as apps/screen draws them. */
import { useState } from 'react'
import type { Media } from '#protocol/content.ts'
import { filePath, type VersionTold } from '#protocol/desk/content-routes.ts'
import { useSay } from '../../../ui/words.ts'
import { languagesOf, wordSizeOf } from './model/looks.ts'
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
      <div className={styles.file}>
        <iframe
          className={styles.frame}
          src={source}
          sandbox=""
          title={title}
          tabIndex={-1}
          scrolling="no"
          loading="lazy"
        />
      </div>
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

/** As many as a screen writes under a file. */
const captionsMax = 2

const Caption = ({ words, languages }: Pick<Shown, 'words'> & { readonly languages: readonly string[] }) =>
  languages.length === 0 ? null : (
    <div className={styles.caption}>
      {languages.slice(0, captionsMax).map((language) => (
        <p key={language} lang={language}>
          {words[language]}
        </p>
      ))}
    </div>
  )

const WordsLook = ({ words, language }: Pick<Shown, 'words'> & { readonly language: string }) => {
  const text = words[language] ?? ''
  return (
    <div className={styles.words}>
      <p className={styles[wordSizeOf(text)]} lang={language}>
        {text}
      </p>
    </div>
  )
}

export interface ScreenLookProps {
  readonly of: Shown
  readonly title: string
  /** Of the branch, the most important first. */
  readonly languages: readonly string[]
  /** Where they take turns: the one whose turn it is. */
  readonly language?: string | undefined
  /** A video plays, and can be stopped. */
  readonly isLive?: boolean
}

export const ScreenLook = ({
  of: { media, template, words },
  title,
  languages,
  language,
  isLive = false,
}: ScreenLookProps) => {
  const say = useSay()
  const has = languagesOf(words, languages)
  const turn = language !== undefined && has.includes(language) ? language : has[0]
  return (
    <div className={styles.screen} data-look={media?.type ?? template ?? 'words'}>
      {media !== null && (
        <>
          <FileLook media={media} title={title} isLive={isLive} />
          <Caption words={words} languages={has} />
        </>
      )}
      {media === null && template !== null && (
        <TemplateLook template={template} words={words} languages={languages} />
      )}
      {media === null && template === null && turn !== undefined && (
        <WordsLook words={words} language={turn} />
      )}
      {media === null && template === null && turn === undefined && (
        <p className={styles.nothing}>{say(contentWords.nothingYet)}</p>
      )}
    </div>
  )
}
