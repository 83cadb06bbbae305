/** How much the content library takes, each limit with its reason. */
import { z } from 'zod'

const mebibyte = 1024 * 1024
const about = (description: string) => ({ unit: 'bytes', description })

export const ContentLimits = z.strictObject({
  fileBytesMax: z
    .int()
    .min(mebibyte)
    .max(2_000 * mebibyte)
    .default(200 * mebibyte)
    .meta(
      about(
        'The largest file: two minutes of video at a rate that screens show well. Each screen keeps a copy, and checks it as a whole in its memory.',
      ),
    ),
  bytesMax: z
    .int()
    .min(mebibyte)
    .default(20 * 1024 * mebibyte)
    .meta(
      about('All files together: a hundred of the largest, and no more of the disk that the journal needs.'),
    ),
  freeBytesMin: z
    .int()
    .min(0)
    .default(1024 * mebibyte)
    .meta(about('So much of the disk stays free for the journal, whatever is uploaded.')),
})
export type ContentLimits = z.infer<typeof ContentLimits>
