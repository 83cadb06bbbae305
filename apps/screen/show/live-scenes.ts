/** Pages that the screen makes itself: the queues, a welcome by the time of day, a notice; and what is shown when there is nothing else. */
import type { LiveTemplate } from '#protocol/content.ts'
import type { Words } from '#protocol/targets.ts'
import type { BoardWatch } from '../board.ts'
import type { WallClock } from '../play/local-time.ts'
import { repeat, type Time } from '../time.ts'
import { inLanguage, titleIn, words } from '../words.ts'
import { element, say } from './element.ts'
import type { Scene } from './scene.ts'

/** How the branch is called, as far as the screen has ever heard. */
export interface About {
  readonly title: Readonly<Record<string, string>>
  readonly timeZone: string | undefined
  readonly languages: readonly string[]
}

export interface LiveParts {
  readonly about: () => About
  readonly board: BoardWatch
  readonly clock: () => WallClock
  readonly time: Time
}

const rowsMax = 8
const calledMax = 4
const tickMs = 1_000
const localeOf = (language: string) => (language.startsWith('zh') ? 'zh-CN' : language)

const scene = (made: HTMLElement, { time, board }: LiveParts, draw: () => void): Scene => {
  draw()
  const ends = [repeat(time, tickMs, draw), board.listen(draw)]
  return { element: made, dispose: () => ends.forEach((end) => end()) }
}

const inOrder = (about: About): readonly string[] =>
  (about.languages.length > 0 ? about.languages : ['zh', 'en']).slice(0, 2)

const minutesOf = (ms: number) => Math.max(1, Math.round(ms / 60_000))

const rowOf = (
  service: {
    title: Readonly<Record<string, string>>
    waiting: number | null
    announcedWaitMs: number | null
  },
  languages: readonly string[],
) => {
  const wait =
    service.waiting === 0
      ? languages.map((language) => inLanguage(words.noWait, language)).join(' ')
      : service.announcedWaitMs === null
        ? ''
        : `${minutesOf(service.announcedWaitMs)} ${languages.map((language) => inLanguage(words.minutes, language)).join(' ')}`
  return element('tr', {}, [
    element(
      'th',
      { class: 'service' },
      languages.map((language) =>
        element('span', { text: titleIn(service.title, language), lang: language }),
      ),
    ),
    element('td', { class: 'count', text: service.waiting === null ? '' : `${service.waiting}` }),
    element('td', { class: 'wait', text: wait }),
  ])
}

/** Drawn anew only when it says something else. */
const boardTable = ({ about, board }: LiveParts) => {
  const body = element('tbody')
  const headline = (pair: (typeof words)['waiting' | 'wait']) =>
    element(
      'th',
      {},
      inOrder(about()).map((language) =>
        element('span', { text: inLanguage(pair, language), lang: language }),
      ),
    )
  const table = element('table', { class: 'board' }, [
    element('thead', {}, [element('tr', {}, [element('td'), headline(words.waiting), headline(words.wait)])]),
    body,
  ])
  let told = ''
  return {
    table,
    draw() {
      const services = (board.now()?.services ?? [])
        .filter(({ waiting, announcedWaitMs }) => waiting !== null || announcedWaitMs !== null)
        .slice(0, rowsMax)
      table.hidden = services.length === 0
      const now = JSON.stringify(services)
      if (now === told) return
      told = now
      body.replaceChildren(...services.map((service) => rowOf(service, inOrder(about()))))
    },
    /** Half a row is worse than one less. */
    fit(page: HTMLElement) {
      while (page.scrollHeight > page.clientHeight && body.lastElementChild !== null)
        body.lastElementChild.remove()
    },
  }
}

const calledList = ({ about, board }: LiveParts) => {
  const list = element('ol', { class: 'called' })
  let told = ''
  return {
    list,
    draw() {
      const called = (board.now()?.called ?? []).slice(0, calledMax)
      list.hidden = called.length === 0
      const now = JSON.stringify(called)
      if (now === told) return
      told = now
      list.replaceChildren(
        ...called.map(({ ticket, counter }) =>
          element('li', {}, [
            element('strong', { text: ticket, lang: 'zxx' }),
            element('span', {
              text: `${inLanguage(words.counter, inOrder(about())[0] ?? 'zh')} ${counter.replace(/^counter-/, '')}`,
            }),
          ]),
        ),
      )
    },
  }
}

const head = ({ about, clock, time }: LiveParts) => {
  const title = element('h1', { class: 'branch' })
  const clockFace = element('p', { class: 'clock', lang: 'zxx' })
  const dates = inOrder(about()).map((language) => element('p', { class: 'date', lang: language }))
  const made = element('header', { class: 'head' }, [title, element('div', {}, [clockFace, ...dates])])
  return {
    made,
    draw() {
      const { title: titles, timeZone } = about()
      say(
        title,
        inOrder(about())
          .map((language) => titleIn(titles, language))
          .filter((one, index, all) => all.indexOf(one) === index)
          .join('  '),
      )
      const { msOfDay, day } = clock().at(time.now())
      const minute = Math.floor(msOfDay / 60_000)
      say(clockFace, `${`${Math.floor(minute / 60)}`.padStart(2, '0')}:${`${minute % 60}`.padStart(2, '0')}`)
      for (const [index, language] of inOrder(about()).entries()) {
        const place = dates[index]
        if (place !== undefined)
          say(
            place,
            new Date(`${day}T12:00:00Z`).toLocaleDateString(localeOf(language), {
              timeZone: 'UTC',
              month: 'long',
              day: 'numeric',
              weekday: 'long',
            }),
          )
      }
      made.dataset['zone'] = timeZone ?? ''
    },
  }
}

/** By the wall clock of the branch. */
const greetingAt = (hour: number) => (hour < 11 ? words.morning : hour < 18 ? words.afternoon : words.evening)

const sentences = (own: readonly Words[], otherwise: readonly Words[]) =>
  element(
    'div',
    { class: 'sentences' },
    (own.length > 0 ? own : otherwise)
      .slice(0, 2)
      .map(({ language, text }) => element('p', { class: 'sentence large', text, lang: language })),
  )

/** @param own words of the item */
export const liveScene = (template: LiveTemplate, own: readonly Words[], parts: LiveParts): Scene => {
  const { about, clock, time } = parts
  const top = head(parts)
  const board = boardTable(parts)
  const called = calledList(parts)
  const pair = template === 'welcome' ? greetingAt(clock().at(time.now()).msOfDay / 3_600_000) : words.called
  const greetings = inOrder(about()).map((language) => ({ language, text: inLanguage(pair, language) }))
  const made = element('section', { class: `live live-${template}` }, [
    top.made,
    template === 'queues' && own.length === 0
      ? undefined
      : sentences(own, template === 'welcome' ? greetings : []),
    template === 'notice' ? undefined : board.table,
    template === 'queues' ? called.list : undefined,
  ])
  return scene(made, parts, () => {
    top.draw()
    board.draw()
    called.draw()
    board.fit(made)
  })
}

/** Always there, whatever is missing. */
export const defaultScene = (parts: LiveParts): Scene => {
  const top = head(parts)
  const board = boardTable(parts)
  const called = calledList(parts)
  const { about } = parts
  const welcome = inOrder(about()).map((language) => ({
    language,
    text: inLanguage(words.welcome, language),
  }))
  const made = element('section', { class: 'live live-default' }, [
    top.made,
    sentences([], welcome),
    board.table,
    called.list,
  ])
  return scene(made, parts, () => {
    top.draw()
    board.draw()
    called.draw()
    board.fit(made)
  })
}
