/** A line that is slow one way: what the hub says arrives later; what the page says goes out at once. */
import type { Page } from 'playwright-core'

/** Starts the page anew, on a line that can be held. */
export const holdLine = async (page: Page) => {
  const waiting: (() => void)[] = []
  let isHeld = false
  await page.routeWebSocket(/\/live/, (socket) => {
    const hub = socket.connectToServer()
    socket.onMessage((message) => hub.send(message))
    hub.onMessage((message) => {
      const pass = () => socket.send(message)
      if (isHeld) waiting.push(pass)
      else pass()
    })
  })
  await page.reload()
  await page.getByText('Live', { exact: true }).waitFor()
  return {
    hold: () => {
      isHeld = true
    },
    release: () => {
      isHeld = false
      for (const pass of waiting.splice(0)) pass()
    },
  }
}
