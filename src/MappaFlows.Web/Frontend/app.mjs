// The bundle's entry: starts the components of the pages that are there. Every page works without it.
import {
  Button, CharacterCount, Checkboxes, createAll, ErrorSummary, NotificationBanner, Radios, ServiceNavigation, SkipLink, Tabs
} from 'govuk-frontend'
import { keepForms } from './keep.mjs'

for (const component of [
  Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, Radios, ServiceNavigation, SkipLink, Tabs
]) {
  createAll(component)
}

keepForms()

// What is folded away is printed too.
addEventListener('beforeprint', () => {
  for (const details of document.querySelectorAll('details:not([open])')) {
    details.open = true
    details.dataset.openedToPrint = ''
  }
})
addEventListener('afterprint', () => {
  for (const details of document.querySelectorAll('[data-opened-to-print]')) {
    details.open = false
    delete details.dataset.openedToPrint
  }
})
