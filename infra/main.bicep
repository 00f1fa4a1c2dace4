// The whole of MappaFlows on Azure, in one resource group. Every arrow between resources is a role of one user-assigned
// identity (and one of Event Grid's own): no account key, no connection string and no client secret is made or stored.
targetScope = 'subscription'

@minLength(1)
@maxLength(64)
@description('Name of the environment; the short hash in every resource name comes from it.')
param environmentName string

@allowed(['uksouth'])
@metadata({ azd: { type: 'location' } })
@description('Case records stay in the United Kingdom: UK South, with their geo-redundant copy in UK West.')
param location string

@description('Object id of a person who may read and write the storage while testing. Leave empty in production.')
param principalId string = ''

@minLength(36)
@maxLength(36)
@description('Client id of the Entra ID app registration that people sign in with. Without one the site would be open, so it has no default.')
param signInClientId string

@secure()
@description('Only where the tenant forbids federated credentials: the client secret of that registration. It then lives in a key vault.')
param signInClientSecret string = ''

@minLength(3)
@description('Mailbox of the team that hears of undelivered emails, missed dates, failed sweeps and records that differ from their checkpoints.')
param alertEmail string

@description('Domain that email is sent from, as case-updates.example.gov.uk. Empty: a domain of Azure\'s own, for trying out.')
param emailDomain string = ''

@description('Whether the DNS records of emailDomain have been verified. Until then no sender can be made on it.')
param emailDomainVerified bool = false

@allowed(['azureStorage', 'durableTaskScheduler'])
@description('Where Durable Functions keeps the timers and wake-up signals. Cases are not there: they are in the records account.')
param durableBackend string = 'azureStorage'

@minValue(0)
@maxValue(20)
@description('Instances that always wait for Durable Functions\' timers and wake-up signals while it keeps them in Azure Storage. Azure advises one; zero is cheaper and wakes more slowly.')
param durableInstancesReady int = 1

@description('Whether storage and vault answer only inside a virtual network.')
param privateNetworking bool = false

@allowed([512, 2048, 4096])
@description('Memory of one instance, MB.')
param instanceMemoryMB int = 2048

@minValue(1)
@maxValue(1000)
@description('Most instances at once. A ceiling on cost as much as on load.')
param maximumInstanceCount int = 20

@minValue(1)
@maxValue(146000)
@description('Days for which a checkpoint can be neither changed nor deleted. Ten years by default.')
param auditRetentionDays int = 3653

@description('Whether people come through Azure Front Door, which refuses what the Functions host answers badly: bodies over 30 MB, other methods than the site has, and a caller\'s own invocation id.')
param frontDoor bool = false

var abbreviations = loadJsonContent('./abbreviations.json')
var token = toLower(uniqueString(subscription().id, environmentName, location))
var tags = { 'azd-env-name': environmentName }

// Every name is known before anything is deployed, so that `azd provision --preview` can say exactly what would change.
var names = {
  actionGroup: '${abbreviations.insightsActionGroups}${token}'
  alertPrefix: abbreviations.insightsScheduledQueryRules
  app: '${abbreviations.webSitesFunctions}${token}'
  communication: '${abbreviations.communicationServices}${token}'
  component: '${abbreviations.insightsComponents}${token}'
  email: '${abbreviations.emailServices}${token}'
  endpointPrefix: abbreviations.networkPrivateEndpoints
  frontDoor: '${abbreviations.cdnProfiles}${token}'
  firewall: '${abbreviations.frontDoorFirewallPolicies}${token}'
  hostStorage: '${abbreviations.storageStorageAccounts}host${token}'
  hub: '${abbreviations.durableTaskHubs}${token}'
  identity: '${abbreviations.managedIdentityUserAssignedIdentities}${token}'
  network: '${abbreviations.networkVirtualNetworks}${token}'
  plan: '${abbreviations.webServerFarms}${token}'
  recordsStorage: '${abbreviations.storageStorageAccounts}rec${token}'
  scheduler: '${abbreviations.durableTaskSchedulers}${token}'
  topic: '${abbreviations.eventGridSystemTopics}${token}'
  vault: '${abbreviations.keyVaultVaults}${token}'
  workspace: '${abbreviations.operationalInsightsWorkspaces}${token}'
}
var subnets = {
  app: 'app'
  endpoints: 'private-endpoints'
}
var packageContainer = 'app-package'
var reportQueue = 'email-delivery-reports'
var auditContainer = 'audit-heads'
var useScheduler = durableBackend == 'durableTaskScheduler'
var useVault = !empty(signInClientSecret)

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: '${abbreviations.resourcesResourceGroups}${environmentName}'
  location: location
  tags: tags
}

module identity 'app/identity.bicep' = {
  scope: group
  params: {
    name: names.identity
    location: location
    tags: tags
  }
}

module monitoring 'app/monitoring.bicep' = {
  scope: group
  params: {
    workspaceName: names.workspace
    componentName: names.component
    location: location
    tags: tags
  }
}

// What the Functions host needs to run. Nothing here is a record: it could be lost and rebuilt by the sweep.
module hostStorage 'app/storage.bicep' = {
  scope: group
  params: {
    name: names.hostStorage
    location: location
    tags: tags
    sku: 'Standard_ZRS'
    privateNetworking: privateNetworking
    containers: [packageContainer]
    queues: [reportQueue]
  }
}

// The records: case tables and audit checkpoints. Three zones here and a copy in the other region.
module recordsStorage 'app/storage.bicep' = {
  scope: group
  params: {
    name: names.recordsStorage
    location: location
    tags: tags
    sku: 'Standard_GZRS'
    privateNetworking: privateNetworking
    containers: []
    queues: []
  }
}

module audit 'app/audit.bicep' = {
  scope: group
  params: {
    storageAccountName: names.recordsStorage
    containerName: auditContainer
    retentionDays: auditRetentionDays
  }
  dependsOn: [recordsStorage]
}

module email 'app/email.bicep' = {
  scope: group
  params: {
    communicationName: names.communication
    emailName: names.email
    customDomain: emailDomain
    customDomainVerified: emailDomainVerified
    tags: tags
  }
}

module scheduler 'app/dts.bicep' = if (useScheduler) {
  scope: group
  params: {
    name: names.scheduler
    hubName: names.hub
    location: location
    identityName: names.identity
    tags: tags
  }
  dependsOn: [identity]
}

module vault 'app/vault.bicep' = if (useVault) {
  scope: group
  params: {
    name: names.vault
    location: location
    identityName: names.identity
    privateNetworking: privateNetworking
    signInClientSecret: signInClientSecret
    tags: tags
  }
  dependsOn: [identity]
}

module network 'app/vnet.bicep' = if (privateNetworking) {
  scope: group
  params: {
    name: names.network
    appSubnetName: subnets.app
    endpointSubnetName: subnets.endpoints
    location: location
    tags: tags
  }
}

module privateEndpoints 'app/private-endpoints.bicep' = if (privateNetworking) {
  scope: group
  params: {
    prefix: names.endpointPrefix
    location: location
    tags: tags
    networkName: names.network
    subnetName: subnets.endpoints
    storageAccountNames: [names.hostStorage, names.recordsStorage]
    vaultName: useVault ? names.vault : ''
  }
  dependsOn: [network, hostStorage, recordsStorage, vault]
}

module access 'app/rbac.bicep' = {
  scope: group
  params: {
    hostStorageName: names.hostStorage
    recordsStorageName: names.recordsStorage
    auditContainerName: auditContainer
    componentName: names.component
    communicationName: names.communication
    identityName: names.identity
    personId: principalId
  }
  dependsOn: [identity, hostStorage, recordsStorage, audit, monitoring, email]
}

module deliveryReports 'app/delivery-reports.bicep' = {
  scope: group
  params: {
    topicName: names.topic
    communicationName: names.communication
    storageAccountName: names.hostStorage
    queueName: reportQueue
    tags: tags
  }
  dependsOn: [email, hostStorage]
}

module entrance 'app/front-door.bicep' = if (frontDoor) {
  scope: group
  params: {
    profileName: names.frontDoor
    tags: tags
  }
}

module api 'app/api.bicep' = {
  scope: group
  params: {
    name: names.app
    planName: names.plan
    location: location
    tags: tags
    identityName: names.identity
    componentName: names.component
    hostStorageName: names.hostStorage
    recordsStorageName: names.recordsStorage
    auditContainer: auditContainer
    packageContainer: packageContainer
    reportQueue: reportQueue
    emailEndpoint: email.outputs.endpoint
    emailSender: email.outputs.sender
    publicHost: entrance.?outputs.host ?? ''
    signInClientId: signInClientId
    signInSecretUri: vault.?outputs.secretUri ?? ''
    schedulerEndpoint: scheduler.?outputs.endpoint ?? ''
    hubName: names.hub
    subnetId: network.?outputs.appSubnetId ?? ''
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    durableInstancesReady: useScheduler ? 0 : durableInstancesReady
  }
  dependsOn: [access, privateEndpoints]
}

module rules 'app/front-door-rules.bicep' = if (frontDoor) {
  scope: group
  params: {
    profileName: names.frontDoor
    firewallName: names.firewall
    appName: names.app
    tags: tags
  }
  dependsOn: [entrance, api]
}

module alerts 'app/alerts.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    rulePrefix: names.alertPrefix
    actionGroupName: names.actionGroup
    workspaceName: names.workspace
    alertEmail: alertEmail
  }
  dependsOn: [monitoring]
}

output AZURE_LOCATION string = location
output AZURE_TENANT_ID string = tenant().tenantId
output AZURE_FUNCTION_NAME string = api.outputs.name
output SERVICE_API_NAME string = api.outputs.name
output SITE_URL string = frontDoor ? 'https://${entrance.?outputs.host ?? ''}' : api.outputs.url
output EMAIL_SENDER string = email.outputs.sender
output SIGN_IN_IDENTITY_PRINCIPAL_ID string = identity.outputs.principalId
