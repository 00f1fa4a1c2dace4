// The function app on Flex Consumption, and who may come in.
param name string
param planName string
param location string
param tags object
param identityName string
param componentName string
param hostStorageName string
param recordsStorageName string
param auditContainer string
param packageContainer string
param reportQueue string
param emailEndpoint string
param emailSender string
param signInClientId string

@description('Name under which people reach the site through the front door. Empty: the app\'s own.')
param publicHost string

@description('Empty: the app proves itself to Entra ID with its managed identity instead of a secret.')
param signInSecretUri string

@description('Empty: Durable Functions keeps its state in the host storage account.')
param schedulerEndpoint string

param hubName string

@description('Empty: no virtual network.')
param subnetId string

param instanceMemoryMB int
param maximumInstanceCount int
param durableInstancesReady int

var useScheduler = !empty(schedulerEndpoint)
var useSecret = !empty(signInSecretUri)
var federatedSetting = 'OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID'
var secretSetting = 'MICROSOFT_PROVIDER_AUTHENTICATION_SECRET'

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' existing = {
  name: identityName
}

resource hostStorage 'Microsoft.Storage/storageAccounts@2024-01-01' existing = {
  name: hostStorageName
}

resource recordsStorage 'Microsoft.Storage/storageAccounts@2024-01-01' existing = {
  name: recordsStorageName
}

resource component 'Microsoft.Insights/components@2020-02-02' existing = {
  name: componentName
}

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    name: 'FC1'
    tier: 'FlexConsumption'
  }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': 'api' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identity.id
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${hostStorage.properties.primaryEndpoints.blob}${packageContainer}'
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identity.id
          }
        }
      }
      runtime: {
        name: 'dotnet-isolated'
        version: '10.0'
      }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
        // An app that has gone to sleep is woken for a timer only when someone looks into its queues.
        alwaysReady: durableInstancesReady == 0
          ? []
          : [
              {
                name: 'durable'
                instanceCount: durableInstancesReady
              }
            ]
      }
    }
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      ftpsState: 'Disabled'
      http20Enabled: true
      remoteDebuggingEnabled: false
    }
  }
}

resource settings 'Microsoft.Web/sites/config@2024-04-01' = {
  parent: app
  name: 'appsettings'
  properties: union(
    {
      AzureWebJobsStorage__credential: 'managedidentity'
      AzureWebJobsStorage__clientId: identity.properties.clientId
      AzureWebJobsStorage__blobServiceUri: hostStorage.properties.primaryEndpoints.blob
      AzureWebJobsStorage__queueServiceUri: hostStorage.properties.primaryEndpoints.queue
      AzureWebJobsStorage__tableServiceUri: hostStorage.properties.primaryEndpoints.table
      AzureWebJobsDisableHomepage: 'true'
      APPLICATIONINSIGHTS_CONNECTION_STRING: component.properties.ConnectionString
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identity.properties.clientId};Authorization=AAD'
      AZURE_CLIENT_ID: identity.properties.clientId
      Store: recordsStorage.properties.primaryEndpoints.table
      Audit__Store: recordsStorage.properties.primaryEndpoints.blob
      Audit__Container: auditContainer
      Email__Endpoint: emailEndpoint
      Email__Sender: emailSender
      // Flat: the scale controller, which looks into the queue, may not resolve a nested name.
      DeliveryReportQueue: reportQueue
      Site__PublicUrl: 'https://${empty(publicHost) ? app.properties.defaultHostName : publicHost}'
      Site__TrustedProxies: empty(publicHost) ? '1' : '2'
      SweepSchedule: '0 */5 * * * *'
    },
    // The platform reads the sign-in proof from one of these two settings; never both.
    useSecret
      ? { '${secretSetting}': '@Microsoft.KeyVault(SecretUri=${signInSecretUri})' }
      : { '${federatedSetting}': identity.properties.clientId },
    useScheduler
      ? {
          AzureFunctionsJobHost__extensions__durableTask__storageProvider__type: 'azureManaged'
          AzureFunctionsJobHost__extensions__durableTask__storageProvider__connectionStringName: 'DURABLE_TASK_SCHEDULER_CONNECTION_STRING'
          AzureFunctionsJobHost__extensions__durableTask__hubName: hubName
          DURABLE_TASK_SCHEDULER_CONNECTION_STRING: 'Endpoint=${schedulerEndpoint};Authentication=ManagedIdentity;ClientID=${identity.properties.clientId}'
        }
      : {}
  )
}

// People sign in with Entra ID before a request reaches the app. Only the two probes are open; they say nothing but that it is up.
resource auth 'Microsoft.Web/sites/config@2024-04-01' = {
  parent: app
  name: 'authsettingsV2'
  properties: {
    platform: {
      enabled: true
      runtimeVersion: '~1'
    }
    globalValidation: {
      requireAuthentication: true
      unauthenticatedClientAction: 'RedirectToLoginPage'
      redirectToProvider: 'azureactivedirectory'
      excludedPaths: ['/alive', '/health']
    }
    httpSettings: {
      requireHttps: true
      // Behind the front door people come under its name, which the sign-in has to send them back to.
      forwardProxy: { convention: empty(publicHost) ? 'NoProxy' : 'Standard' }
    }
    identityProviders: {
      azureActiveDirectory: {
        enabled: true
        registration: {
          clientId: signInClientId
          clientSecretSettingName: useSecret ? secretSetting : federatedSetting
          openIdIssuer: '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'
        }
        validation: {
          allowedAudiences: [signInClientId, 'api://${signInClientId}']
          defaultAuthorizationPolicy: { allowedApplications: [signInClientId] }
        }
      }
    }
    login: {
      // Tokens are not kept: the app needs to know who a person is, not the right to act for them elsewhere.
      tokenStore: { enabled: false }
      cookieExpiration: {
        convention: 'FixedTime'
        timeToExpiration: '08:00:00'
      }
      nonce: {
        validateNonce: true
        nonceExpirationInterval: '00:05:00'
      }
      preserveUrlFragmentsForLogins: false
    }
  }
  dependsOn: [settings]
}

resource noFtp 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-04-01' = {
  parent: app
  name: 'ftp'
  properties: { allow: false }
}

resource noBasicDeployment 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-04-01' = {
  parent: app
  name: 'scm'
  properties: { allow: false }
}

output name string = app.name
output host string = app.properties.defaultHostName
output url string = 'https://${app.properties.defaultHostName}'
