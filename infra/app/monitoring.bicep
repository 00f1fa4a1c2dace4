// Telemetry comes in by Entra ID only (disableLocalAuth): an instrumentation key that leaks is worth nothing.
param workspaceName string
param componentName string
param location string
param tags object

@minValue(30)
@maxValue(730)
@description('Days that telemetry is kept. It holds ids and timings; the audit trail is in the case itself.')
param retentionDays int = 90

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: workspaceName
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: retentionDays
    features: { disableLocalAuth: true }
  }
}

resource component 'Microsoft.Insights/components@2020-02-02' = {
  name: componentName
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    IngestionMode: 'LogAnalytics'
    DisableLocalAuth: true
    DisableIpMasking: false
  }
}
