// What a person has to hear of: an email that will not go, a date that was missed, a record that is not what its checkpoint
// says, work that was set aside, requests that come too fast, a sweep that failed, and a sweep that did not run at all
// (which no counter can report).
param location string
param tags object
param rulePrefix string
param actionGroupName string
param workspaceName string
param alertEmail string

var alerts = [
  {
    name: 'dead-letter'
    title: 'An email could not be delivered'
    text: 'A notification was given up after its last try. Open Engine, Unsent emails, mend the cause and try it again.'
    metric: 'mappaflows.email.undelivered'
    severity: 2
    window: 'PT15M'
    operator: 'GreaterThan'
    threshold: 0
  }
  {
    name: 'missed-date'
    title: 'A date of a case was missed'
    text: 'A due date passed that no timer served. The sweep has served it, and starts the timers of its case again where they are missing. Look at the case\'s orchestrations under Engine, and at the log.'
    metric: 'mappaflows.dates.missed'
    severity: 1
    window: 'PT15M'
    operator: 'GreaterThan'
    threshold: 0
  }
  {
    name: 'audit-disagreement'
    title: 'A case record differs from its checkpoint'
    text: 'A case, or a checkpoint itself, is not what was recorded: someone may have changed records. Open the page Checkpoints to see which, and inform the person responsible for information security.'
    metric: 'mappaflows.audit.discrepancies'
    severity: 0
    window: 'PT15M'
    operator: 'GreaterThan'
    threshold: 0
  }
  {
    name: 'set-aside'
    title: 'Work of a case was set aside'
    text: 'An email, a signal or a list entry failed too often. Open the page Quarantined, fix the cause, and put it back or remove it.'
    metric: 'mappaflows.outbox.setaside'
    severity: 2
    window: 'PT15M'
    operator: 'GreaterThan'
    threshold: 0
  }
  {
    name: 'requests-refused'
    title: 'Many requests came too fast'
    text: 'Hundreds of requests were refused because they came too fast: a scan, an attack, or a program without a pause. The log names who sent them where they had signed in.'
    metric: 'mappaflows.requests.refused'
    severity: 2
    window: 'PT15M'
    operator: 'GreaterThan'
    threshold: 200
  }
  {
    name: 'sweep-failed'
    title: 'A sweep failed'
    text: 'The sweep of the outbox and the due index ended with an error. It runs again at its next time; a second alert means that it does not mend itself.'
    metric: 'mappaflows.sweep.failures'
    severity: 1
    window: 'PT15M'
    operator: 'GreaterThan'
    threshold: 0
  }
  {
    name: 'sweep-silent'
    title: 'No sweep has run'
    text: 'No sweep of the outbox and the due index has ended in the last hour. The app may be stopped or unable to start.'
    metric: 'mappaflows.sweep.runs'
    severity: 1
    window: 'PT1H'
    operator: 'LessThanOrEqual'
    threshold: 0
  }
]

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' existing = {
  name: workspaceName
}

resource team 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: actionGroupName
  #disable-next-line no-hardcoded-location // An action group has no region.
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'MappaFlows'
    emailReceivers: [
      {
        name: 'team'
        emailAddress: alertEmail
        useCommonAlertSchema: true
      }
    ]
  }
}

resource rules 'Microsoft.Insights/scheduledQueryRules@2023-03-15-preview' = [
  for alert in alerts: {
    name: '${rulePrefix}${alert.name}'
    location: location
    tags: tags
    properties: {
      displayName: alert.title
      description: alert.text
      enabled: true
      severity: alert.severity
      scopes: [workspace.id]
      evaluationFrequency: 'PT15M'
      windowSize: alert.window
      autoMitigate: true
      // The table is empty until the app first reports.
      skipQueryValidation: true
      criteria: {
        allOf: [
          {
            query: 'AppMetrics | where Name == "${alert.metric}" | summarize Total = sum(Sum)'
            metricMeasureColumn: 'Total'
            timeAggregation: 'Total'
            operator: alert.operator
            threshold: alert.threshold
            failingPeriods: {
              numberOfEvaluationPeriods: 1
              minFailingPeriodsToAlert: 1
            }
          }
        ]
      }
      actions: { actionGroups: [team.id] }
    }
  }
]
