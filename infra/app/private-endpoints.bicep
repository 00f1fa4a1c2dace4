// Blob, queue and table of each storage account, and the vault where there is one, inside the network.
param prefix string
param location string
param tags object
param networkName string
param subnetName string
param storageAccountNames string[]

@description('Empty where there is no vault.')
param vaultName string

var services = ['blob', 'queue', 'table']
var vaultZoneName = 'privatelink.vaultcore.azure.net'

var storageEndpoints = flatten(map(
  storageAccountNames,
  account => map(range(0, length(services)), i => { account: account, service: services[i], zone: i })
))

resource network 'Microsoft.Network/virtualNetworks@2024-05-01' existing = {
  name: networkName

  resource subnet 'subnets' existing = {
    name: subnetName
  }
}

resource accounts 'Microsoft.Storage/storageAccounts@2024-01-01' existing = [
  for item in storageEndpoints: {
    name: item.account
  }
]

resource zones 'Microsoft.Network/privateDnsZones@2024-06-01' = [
  for service in services: {
    name: 'privatelink.${service}.${environment().suffixes.storage}'
    #disable-next-line no-hardcoded-location // A DNS zone has no region.
    location: 'global'
    tags: tags
  }
]

resource zoneLinks 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [
  for i in range(0, length(services)): {
    parent: zones[i]
    name: '${networkName}-link'
    #disable-next-line no-hardcoded-location
    location: 'global'
    tags: tags
    properties: {
      registrationEnabled: false
      virtualNetwork: { id: network.id }
    }
  }
]

resource endpoints 'Microsoft.Network/privateEndpoints@2024-05-01' = [
  for (item, i) in storageEndpoints: {
    name: '${prefix}${item.account}-${item.service}'
    location: location
    tags: tags
    properties: {
      subnet: { id: network::subnet.id }
      privateLinkServiceConnections: [
        {
          name: item.service
          properties: {
            privateLinkServiceId: accounts[i].id
            groupIds: [item.service]
          }
        }
      ]
    }
  }
]

resource zoneGroups 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-05-01' = [
  for (item, i) in storageEndpoints: {
    parent: endpoints[i]
    name: 'default'
    properties: {
      privateDnsZoneConfigs: [
        {
          name: item.service
          properties: { privateDnsZoneId: zones[item.zone].id }
        }
      ]
    }
  }
]

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' existing = if (!empty(vaultName)) {
  name: vaultName
}

resource vaultZone 'Microsoft.Network/privateDnsZones@2024-06-01' = if (!empty(vaultName)) {
  name: vaultZoneName
  #disable-next-line no-hardcoded-location
  location: 'global'
  tags: tags

  resource link 'virtualNetworkLinks' = {
    name: '${networkName}-link'
    #disable-next-line no-hardcoded-location
    location: 'global'
    tags: tags
    properties: {
      registrationEnabled: false
      virtualNetwork: { id: network.id }
    }
  }
}

resource vaultEndpoint 'Microsoft.Network/privateEndpoints@2024-05-01' = if (!empty(vaultName)) {
  name: '${prefix}${vaultName}'
  location: location
  tags: tags
  properties: {
    subnet: { id: network::subnet.id }
    privateLinkServiceConnections: [
      {
        name: 'vault'
        properties: {
          privateLinkServiceId: vault.id
          groupIds: ['vault']
        }
      }
    ]
  }

  resource zoneGroup 'privateDnsZoneGroups' = {
    name: 'default'
    properties: {
      privateDnsZoneConfigs: [
        {
          name: 'vault'
          properties: { privateDnsZoneId: vaultZone.id }
        }
      ]
    }
  }
}
