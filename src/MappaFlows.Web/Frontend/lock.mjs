import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

const attempts = 1200
const pauseMs = 250

/** Does the work while no other process holds the folder; a folder whose holder has died is taken over. */
export async function locked (folder, work) {
  const holder = join(folder, 'pid')
  for (let attempt = 0; !take(folder, holder); attempt++) {
    if (attempt === attempts) throw new Error(`Another build has held ${folder} for too long. Delete it if none is running.`)
    await delay(pauseMs)
  }

  try {
    return await work()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function take (folder, holder) {
  try {
    mkdirSync(folder)
    writeFileSync(holder, String(process.pid))
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    if (isDead(holder)) rmSync(folder, { recursive: true, force: true })
    return false
  }
}

function isDead (holder) {
  try {
    process.kill(Number(readFileSync(holder, 'utf8')), 0)
    return false
  } catch (error) {
    // No such process; anything else (not ours to signal, pid not yet written) means somebody is there.
    return error.code === 'ESRCH'
  }
}
