/** Zod would write its parsers as programs, which the policy of the hub does not let a page do. Before all other imports. */
import { z } from 'zod'

z.config({ jitless: true })
