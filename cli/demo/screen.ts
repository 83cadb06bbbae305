/** Where the demo's lines go: time, what kind of thing, who, and the sentence; in colour on a terminal. */
import type { WriteStream } from 'node:tty'
import { styleText } from 'node:util'
import { type Pair, pair, type Tongue } from '../io/language.ts'
import { printable } from '../io/printable.ts'
import { clockTime } from '../io/time.ts'
import { padTo } from '../io/width.ts'

export type LineKind =
  | 'hub'
  | 'greeting'
  | 'diversion'
  | 'promotion'
  | 'staff'
  | 'alert'
  | 'device'
  | 'branch'
  | 'summary'

export interface Line {
  readonly kind: LineKind
  /** Who does it. */
  readonly who: string
  readonly text: string
  /** Why; set apart. */
  readonly why?: string | undefined
}

export interface Screen {
  line(line: Line): void
  /** Text as it is. */
  write(text: string): void
  complain(text: string): void
}

const colours: Readonly<Record<LineKind, Parameters<typeof styleText>[0]>> = {
  hub: 'dim',
  greeting: 'green',
  diversion: 'cyan',
  promotion: 'magenta',
  staff: 'yellow',
  alert: 'red',
  device: 'dim',
  branch: 'blue',
  summary: 'bold',
}

const titles: Readonly<Record<LineKind, Pair<string>>> = {
  hub: pair('hub', '中枢'),
  greeting: pair('greeting', '迎宾'),
  diversion: pair('diversion', '分流'),
  promotion: pair('promotion', '产品推荐'),
  staff: pair('staff', '员工'),
  alert: pair('alert', '提醒'),
  device: pair('device', '设备'),
  branch: pair('branch', '网点'),
  summary: pair('summary', '小结'),
}

const kindWidth = 10
const whoWidth = 17

export const createScreen = (out: NodeJS.WriteStream | WriteStream, tongue: Tongue): Screen => {
  const paint = (format: Parameters<typeof styleText>[0], text: string) =>
    out.isTTY ? styleText(format, text, { stream: out }) : text
  const write = (text: string) => void out.write(text)
  const line = ({ kind, who, text, why }: Line) => {
    const reason = why === undefined || why === '' ? '' : paint('dim', printable(` — ${why}`))
    write(
      `${paint('dim', clockTime(Date.now()))}  ${paint(colours[kind], padTo(titles[kind][tongue], kindWidth))}  ` +
        `${padTo(printable(who), whoWidth)}  ${printable(text)}${reason}\n`,
    )
  }
  return { line, write, complain: (text) => line({ kind: 'device', who: '', text }) }
}
