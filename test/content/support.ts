/** A desk over a branch with screens, two editors who are signed in, and what they ask of it. */
import { request as httpRequest } from 'node:http'
import type { Media } from '#protocol/content.ts'
import { type Library, uploadPath } from '#protocol/desk/content-routes.ts'
import { labFile, openLookLab } from '../desk/look-lab.ts'
import { type Answer, addAccount, type Browser, raise, type Stage, signIn } from '../desk/support.ts'

export const screensFile = labFile.replace(
  'devices:\n',
  `devices:
  - { id: screen-1, kind: screen, zone: waiting }
  - { id: screen-2, kind: screen, zone: entrance }
  - { id: kiosk-1, kind: kiosk, zone: entrance, settings: { volume: 3 } }
`,
)

export interface Editors {
  readonly stage: Stage
  readonly ann: Browser
  readonly bob: Browser
  readonly auditor: Browser
}

export const openEditors = async (folder: string): Promise<Editors> => {
  const stage = await raise(folder, { lab: await openLookLab(screensFile) })
  await addAccount(stage, 'ann', ['manager'])
  await addAccount(stage, 'bob', ['admin'])
  await addAccount(stage, 'eve', ['auditor'])
  await addAccount(stage, 'sam', ['staff'])
  return {
    stage,
    ann: await signIn(stage, 'ann'),
    bob: await signIn(stage, 'bob'),
    auditor: await signIn(stage, 'eve'),
  }
}

interface Sent {
  readonly browser?: Browser
  readonly headers?: Readonly<Record<string, string>>
}

export const upload = (
  port: number,
  bytes: Buffer | Iterable<Buffer>,
  { browser, headers = {} }: Sent = {},
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const request = httpRequest(
      {
        host: '127.0.0.1',
        port,
        path: uploadPath,
        method: 'POST',
        agent: false,
        headers: {
          origin: `http://127.0.0.1:${port}`,
          'content-type': 'application/octet-stream',
          ...(browser?.cookie !== undefined && { cookie: browser.cookie }),
          ...headers,
        },
      },
      (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (part: string) => {
          text += part
        })
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
        )
      },
    )
    request.on('error', reject)
    if (Buffer.isBuffer(bytes)) return void request.end(bytes)
    const parts = bytes[Symbol.iterator]()
    const send = () => {
      for (let next = parts.next(); next.done !== true; next = parts.next())
        if (!request.write(next.value)) return void request.once('drain', send)
      request.end()
    }
    send()
  })

export const mediaIn = ({ text, status }: Answer): Media => {
  if (status !== 200) throw new Error(text)
  return (JSON.parse(text) as { media: Media }).media
}

export const newVersion = (item: string, sha256: string | null, more: object = {}) => ({
  item,
  title: { zh: '利率', en: 'Rates' },
  sha256,
  template: null,
  words: { zh: '存款利率 2.1 %' },
  productCode: 'DEP-01',
  expiresOn: null,
  ...more,
})

export const library = async (browser: Browser): Promise<Library> =>
  JSON.parse((await browser.get('/api/content')).text) as Library
