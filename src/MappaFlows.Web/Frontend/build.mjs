// Builds the one style sheet, the scripts and the pictures into a folder, each under a name that carries the hash of its content,
// and a manifest from plain name to hashed name. The folder is replaced whole.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { build } from 'esbuild'
import { compile } from 'sass'
import { locked } from './lock.mjs'

const [lockFolder, target] = process.argv.slice(2)
const root = resolve(import.meta.dirname, '..')
const packages = join(root, 'node_modules')

const pictures = ['@ministryofjustice/frontend/moj', 'govuk-frontend/dist/govuk'].map(folder => join(packages, folder))

const styles = {
  name: 'styles',
  setup (bundler) {
    // Both packages ask for their pictures below one folder, $moj-assets-path in app.scss.
    bundler.onResolve({ filter: /^assets\// }, ({ path }) => ({
      path: pictures.map(folder => join(folder, path)).find(existsSync)
    }))
    bundler.onLoad({ filter: /\.scss$/ }, ({ path }) => ({
      contents: compile(path, { loadPaths: [root, packages], quietDeps: true, style: 'expanded' }).css,
      loader: 'css',
      resolveDir: packages
    }))
  }
}

await locked(lockFolder, async () => {
  const fresh = `${target}.new`
  rmSync(fresh, { recursive: true, force: true })
  mkdirSync(fresh, { recursive: true })

  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [
      { in: 'Frontend/app.scss', out: 'app' },
      { in: 'Frontend/app.mjs', out: 'app' },
      { in: 'Frontend/enable.js', out: 'enable' },
      ...readdirSync(join(root, 'Assets')).map(name => ({ in: `Assets/${name}`, out: basename(name).replace(/\.[^.]+$/, '') }))
    ],
    outdir: fresh,
    bundle: true,
    format: 'esm',
    target: 'es2020',
    minify: true,
    legalComments: 'none',
    entryNames: '[name].[hash]',
    assetNames: '[name].[hash]',
    loader: { '.svg': 'copy' },
    plugins: [styles],
    metafile: true,
    logLevel: 'error'
  })

  const manifest = {}
  for (const path of Object.keys(metafile.outputs)) {
    const name = basename(path)
    manifest[name.replace(/\.[A-Z0-9]{8}(?=\.[^.]+$)/, '')] = name
  }
  writeFileSync(join(fresh, 'manifest.json'), JSON.stringify(manifest, Object.keys(manifest).sort(), 2))

  rmSync(target, { recursive: true, force: true })
  renameSync(fresh, target)
})
