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
