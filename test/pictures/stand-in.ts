/** Who sits before a camera in a picture: somebody drawn. No person's face belongs into a document. */
import type { BrowserContext } from 'playwright-core'

export interface StandIn {
  readonly wall: string
  readonly skin: string
  readonly hair: string
  readonly clothes: string
}

export const customer: StandIn = { wall: '#cfd8dc', skin: '#e6b98f', hair: '#3b2f2a', clothes: '#8d6e63' }
export const manager: StandIn = { wall: '#dfe6ee', skin: '#f0c7a2', hair: '#22252b', clothes: '#1f3a5f' }
export const expert: StandIn = { wall: '#e9e4da', skin: '#dba97f', hair: '#4a3b35', clothes: '#37474f' }

/** Runs in the page: its camera is a drawing that breathes, its microphone the browser's own. */
const draw = ({ wall, skin, hair, clothes }: StandIn) => `
  const devices = navigator.mediaDevices
  const get = devices.getUserMedia.bind(devices)
  const picture = () => {
    const canvas = document.createElement('canvas')
    canvas.width = 640
    canvas.height = 480
    const pen = canvas.getContext('2d')
    const oval = (colour, x, y, wide, high) => {
      pen.fillStyle = colour
      pen.beginPath()
      pen.ellipse(x, y, wide, high, 0, 0, 2 * Math.PI)
      pen.fill()
    }
    let at = 0
    setInterval(() => {
      at += 1
      const y = 3 * Math.sin(at / 12)
      pen.fillStyle = '${wall}'
      pen.fillRect(0, 0, 640, 480)
      oval('${clothes}', 320, 500 + y, 210, 170)
      oval('${skin}', 320, 330 + y, 46, 60)
      oval('${hair}', 320, 196 + y, 108, 122)
      oval('${skin}', 320, 222 + y, 88, 112)
      oval('${hair}', 320, 128 + y, 84, 44)
    }, 66)
    return canvas.captureStream(15)
  }
  devices.getUserMedia = async ({ audio = false, video = false }) => {
    const heard = audio === false ? [] : (await get({ audio })).getTracks()
    return new MediaStream([...heard, ...(video === false ? [] : picture().getTracks())])
  }`

export const standIn = async (context: BrowserContext, who: StandIn): Promise<void> => {
  await context.addInitScript(draw(who))
}
