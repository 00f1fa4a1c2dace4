// Brings the packages of package-lock.json. One at a time: several projects may be building this one at once, and whoever
// waited finds the work done.
import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { locked } from './lock.mjs'

const [lockFolder] = process.argv.slice(2)
const changed = path => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0

await locked(lockFolder, () => {
  if (changed('node_modules/.package-lock.json') > Math.max(changed('package.json'), changed('package-lock.json'))) return

  // Install scripts are not needed: what sass and esbuild run comes ready-made for each platform.
  const npm = spawnSync('npm ci --ignore-scripts --no-audit --no-fund --loglevel=error', { shell: true, stdio: 'inherit' })
  if (npm.status !== 0) {
    console.error('error MF0002: npm could not restore the packages of src/MappaFlows.Web/package-lock.json (see above).')
    process.exitCode = 1
  }
})
