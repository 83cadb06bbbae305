/** Where the demo's lines go: time, what kind of thing, who, and the sentence; in colour on a terminal. */
import type { WriteStream } from 'node:tty'
import { styleText } from 'node:util'
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

const kindWidth = 10
const whoWidth = 17

export const createScreen = (out: NodeJS.WriteStream | WriteStream): Screen => {
  const paint = (format: Parameters<typeof styleText>[0], text: string) =>
    out.isTTY ? styleText(format, text, { stream: out }) : text
  const write = (text: string) => void out.write(text)
  const line = ({ kind, who, text, why }: Line) => {
    const reason = why === undefined || why === '' ? '' : paint('dim', printable(` — ${why}`))
    write(
      `${paint('dim', clockTime(Date.now()))}  ${paint(colours[kind], padTo(kind, kindWidth))}  ` +
        `${padTo(printable(who), whoWidth)}  ${printable(text)}${reason}\n`,
    )
  }
  return { line, write, complain: (text) => line({ kind: 'device', who: '', text }) }
}
