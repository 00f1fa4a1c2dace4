// Keeps what is typed into a form on the server: every few seconds, and when the page is left. Each form says whose it is in a field of
// its own. Without this script a form is kept when it is sent.
const pause = 3000
const pauseAfterFailure = 15000

// What a browser still sends for a page that is gone.
const maxFarewell = 60000

export function keepForms () {
  document.querySelectorAll('form[data-keep]').forEach(keep)
}

function keep (form) {
  const line = form.querySelector('[data-kept]')
  let isChanged = false
  let isSent = false
  let hasFailed = false
  let timer

  async function save (isLeaving) {
    clearTimeout(timer)
    timer = undefined
    if (!isChanged || isSent) return
    isChanged = false
    mark()
    const data = new URLSearchParams(new FormData(form))
    data.append('__keep', '1')
    const body = data.toString()
    try {
      const answer = await fetch(location.pathname + location.search, {
        method: 'POST',
        body,
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        keepalive: isLeaving && body.length < maxFarewell
      })
      if (!answer.ok) throw new Error(String(answer.status))
      line.textContent = await answer.text()
      hasFailed = line.textContent === ''
    } catch {
      hasFailed = true
      isChanged = true
      timer ??= setTimeout(save, pauseAfterFailure, false)
    }
    if (hasFailed) line.textContent = 'This could not be kept. Do not leave this page before you have sent it.'
  }

  // When the form is recorded, the server then knows that more of it may be on its way.
  function mark () {
    if (form.elements.namedItem('__kept')) return
    const field = document.createElement('input')
    field.type = 'hidden'
    field.name = '__kept'
    field.value = '1'
    form.append(field)
  }

  function change () {
    isChanged = true
    timer ??= setTimeout(save, pause, false)
  }

  form.addEventListener('input', change)
  form.addEventListener('change', change)
  form.addEventListener('submit', () => {
    isSent = true
    clearTimeout(timer)
  })
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') save(true)
  })
  window.addEventListener('pagehide', () => save(true))
  window.addEventListener('beforeunload', event => {
    if (hasFailed && isChanged && !isSent) event.preventDefault()
  })

  // A page that the browser had kept would send a form that was sent already.
  window.addEventListener('pageshow', event => {
    if (event.persisted && isSent) location.reload()
  })
}
