// Every right that the app has, in one list. The optional person gets the storage rights too, for trying things out.
param hostStorageName string
param recordsStorageName string
param auditContainerName string
param componentName string
param communicationName string
param identityName string

@description('Empty in production.')
param personId string

// Built-in roles, by their fixed ids.
var roles = {
  storageBlobDataOwner: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
  storageBlobDataContributor: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
  storageQueueDataContributor: '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
  storageTableDataContributor: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
  monitoringMetricsPublisher: '3913510d-42f4-4e42-8a64-420c390055eb'
  communicationAndEmailServiceOwner: '09976791-48a7-449e-bb21-39d1a415f350'
}

// The host locks blobs while it runs (owner), its queues carry work and delivery reports, its tables hold the durable history.
var hostRoles = [roles.storageBlobDataOwner, roles.storageQueueDataContributor, roles.storageTableDataContributor]

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' existing = {
  name: identityName
}

resource hostStorage 'Microsoft.Storage/storageAccounts@2024-01-01' existing = {
  name: hostStorageName
}

resource recordsStorage 'Microsoft.Storage/storageAccounts@2024-01-01' existing = {
  name: recordsStorageName

  resource blobs 'blobServices' existing = {
    name: 'default'

    resource audit 'containers' existing = {
      name: auditContainerName
    }
  }
}

resource component 'Microsoft.Insights/components@2020-02-02' existing = {
  name: componentName
}

resource communication 'Microsoft.Communication/communicationServices@2025-05-01' existing = {
  name: communicationName
}

resource hostAccess 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in hostRoles: {
    name: guid(hostStorage.id, identity.id, role)
    scope: hostStorage
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
      principalId: identity.properties.principalId
      principalType: 'ServicePrincipal'
    }
  }
]

resource recordsAccess 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(recordsStorage.id, identity.id, roles.storageTableDataContributor)
  scope: recordsStorage
  properties: {
    roleDefinitionId: subscriptionResourceId(
      'Microsoft.Authorization/roleDefinitions',
      roles.storageTableDataContributor
    )
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
  }
}

// Contributor on the one container: it may add heads; what the immutability policy forbids, no role allows.
resource auditAccess 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(recordsStorage::blobs::audit.id, identity.id, roles.storageBlobDataContributor)
  scope: recordsStorage::blobs::audit
  properties: {
    roleDefinitionId: subscriptionResourceId(
      'Microsoft.Authorization/roleDefinitions',
      roles.storageBlobDataContributor
    )
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
  }
}

resource telemetryAccess 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(component.id, identity.id, roles.monitoringMetricsPublisher)
  scope: component
  properties: {
    roleDefinitionId: subscriptionResourceId(
      'Microsoft.Authorization/roleDefinitions',
      roles.monitoringMetricsPublisher
    )
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
  }
}

// The narrowest built-in role that may send.
resource emailAccess 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(communication.id, identity.id, roles.communicationAndEmailServiceOwner)
  scope: communication
  properties: {
    roleDefinitionId: subscriptionResourceId(
      'Microsoft.Authorization/roleDefinitions',
      roles.communicationAndEmailServiceOwner
    )
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
  }
}

resource personHostAccess 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in hostRoles: if (!empty(personId)) {
    name: guid(hostStorage.id, personId, role)
    scope: hostStorage
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
      principalId: personId
      principalType: 'User'
    }
  }
]
