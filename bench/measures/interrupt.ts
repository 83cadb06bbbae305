/** A screen as somebody in the queue feels it: how long from the event of the queue system until the called ticket is on it. */
import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectAsync, type MqttClient } from 'mqtt'
import type { Page } from 'playwright-core'
import { openScreenStage, picture } from '#test/screen/support.ts'
import { quantile } from '../statistics.ts'

export interface InterruptFigure {
  /** From the publishing of `ticket.called` until its picture. */
  readonly calledMs: {
    readonly p50: number
    readonly p95: number
    readonly most: number
    readonly count: number
  }
  readonly machineLoad: number
}

export interface InterruptPlan {
  readonly calls: number
  say(text: string): void
}

/**
 * In the page. What is drawn is on the screen when the first message after its picture is read. The clock of both sides is
 * that of the machine.
 */
const watching = (ticket: string) => `new Promise((resolve) => {
  const stage = document.querySelector('.stage')
  const look = () => {
    if (stage.querySelector('.look-ticket-call .figure')?.textContent !== '${ticket}') return
    observer.disconnect()
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => resolve(Date.now())
      port2.postMessage(0)
    })
  }
  const observer = new MutationObserver(look)
  observer.observe(stage, { subtree: true, childList: true })
  globalThis.isWatching = true
})`

const topic = (event: string) => `usher/v1/demo/tickets-1/event/${event}`

const callOnce = async (page: Page, machine: MqttClient, ticket: string): Promise<number> => {
  await machine.publishAsync(topic('ticket.issued'), JSON.stringify({ ticket, service: 'cash' }), { qos: 1 })
  const drawn = page.evaluate(watching(ticket)) as Promise<number>
  await page.waitForFunction('globalThis.isWatching === true')
  await page.evaluate('globalThis.isWatching = false')
  const at = Date.now()
  await machine.publishAsync(topic('ticket.called'), JSON.stringify({ ticket, counter: 'counter-2' }), {
    qos: 1,
  })
  const tookMs = (await drawn) - at
  // The next one interrupts the loop again.
  const ended = JSON.stringify({ ticket, outcome: 'served' })
  await machine.publishAsync(topic('ticket.ended'), ended, { qos: 1 })
  await page.locator('.stage[data-frame*=loop]').waitFor()
  return tookMs
}

export const measureInterrupt = async ({ calls, say }: InterruptPlan): Promise<InterruptFigure> => {
  const folder = mkdtempSync(join(tmpdir(), 'usher-interrupt-'))
  const stage = await openScreenStage(folder)
  try {
    const [screen] = stage.screens
    await screen.open()
    await stage.admit(screen)
    await stage.publish([{ item: 'red', bytes: picture([180, 30, 30], 1_280, 720) }], 5_000)
    await screen.page().locator('.stage[data-frame*=loop]').waitFor()
    const machine = await connectAsync(`mqtt://127.0.0.1:${stage.hub.ports.mqtt}`, {
      clientId: 'demo/tickets-1',
    })
    const times: number[] = []
    for (let index = 0; index < calls + 5; index += 1)
      times.push(await callOnce(screen.page(), machine, `A${100 + index}`))
    await machine.endAsync()
    const measured = times.slice(5)
    const calledMs = {
      p50: quantile(measured, 0.5),
      p95: quantile(measured, 0.95),
      most: Math.max(...measured),
      count: measured.length,
    }
    say(`called to seen: p50 ${calledMs.p50} ms, p95 ${calledMs.p95} ms, most ${calledMs.most} ms`)
    return { calledMs, machineLoad: loadavg()[0] ?? 0 }
  } finally {
    await stage.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
