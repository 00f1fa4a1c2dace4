// Runs before the first paint, so that parts which scripts open and close do not flash. Its own file, because the pages'
// content security policy refuses every script that stands in a page.
document.body.classList.add('js-enabled')
if ('noModule' in HTMLScriptElement.prototype) {
  document.body.classList.add('govuk-frontend-supported')
}
