/** The scripted speech engine, as a process beside a hub. */
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createSpeechToken } from '#hub/sales/speech/token.ts'

/** @param transcript of this folder */
export const startSpeech = (
  { base, data }: { readonly base: string; readonly data: string },
  transcript: string,
): ChildProcess =>
  spawn(
    process.execPath,
    [
      join(import.meta.dirname, '../../simulators/speech/main.ts'),
      base,
      join(import.meta.dirname, transcript),
    ],
    {
      env: { ...process.env, USHER_SPEECH_TOKEN: createSpeechToken(data).issue(false) },
      stdio: ['pipe', 'ignore', 'inherit'],
    },
  )
