/** `npm run pack:sdk`: writes the tarball of the SDK to `dist/`, or to the folder that is named. */
import { join, resolve } from 'node:path'
import { buildPackage } from './build.ts'

const root = join(import.meta.dirname, '../..')
const [folder = join(root, 'dist')] = process.argv.slice(2)
process.stdout.write(`${buildPackage(root, resolve(folder)).tarball}\n`)
