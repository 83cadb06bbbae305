/** Builds the pages: `npm run build`; with `--if-stale` only where their sources changed since. */
import { buildApps } from './build.ts'
import { isFresh } from './stamp.ts'

const isAsked = process.argv.includes('--if-stale')

if (isAsked && isFresh()) process.exit(0)

try {
  const { ms, bytes, files } = await buildApps()
  const first = Object.entries(bytes).map(([app, size]) => `${app} ${Math.round(size / 1024)} KiB`)
  console.log(
    `Pages built: ${files} files, ${Math.round(ms)} ms; to load first, compressed: ${first.join(', ')}`,
  )
} catch (error) {
  // Installed without what building needs: whoever has built pages already goes on with them.
  if (!isAsked || (error as { code?: string }).code !== 'ERR_MODULE_NOT_FOUND') throw error
  console.error('The pages cannot be built: the development packages are not installed (npm ci).')
}
