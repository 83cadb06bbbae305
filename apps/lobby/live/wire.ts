/** The line as the page uses it, whatever carries it. */
import type { CommandAnswer, CommandCall, FromHub, Hello } from '#protocol/desk/live/line.ts'

export interface Wire {
  /** Raw: nothing is checked yet. */
  onMessage(listener: (name: keyof FromHub, data: unknown) => void): void
  /** There; what is sent arrives. */
  onOpen(listener: () => void): void
  /** Gone; the wire tries again by itself. */
  onClosed(listener: () => void): void
  /** The hub did not let the page in: `sign-in.needed`, `role.missing` or another of its codes. */
  onRefused(listener: (code: string | undefined) => void): void
  /** Rejects when it breaks or takes too long. */
  command(call: CommandCall): Promise<CommandAnswer>
  start(hello: () => Hello): void
  /** Leaves and comes back, saying anew what it has. */
  again(): void
}
