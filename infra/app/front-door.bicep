// The front door and the name under which people come to it. Its rules are made after the app, which they lead to.
param profileName string
param tags object

resource profile 'Microsoft.Cdn/profiles@2024-02-01' = {
  name: profileName
  #disable-next-line no-hardcoded-location // A front door has no region.
  location: 'global'
  tags: tags
  sku: { name: 'Standard_AzureFrontDoor' }
}

resource endpoint 'Microsoft.Cdn/profiles/afdEndpoints@2024-02-01' = {
  parent: profile
  name: profileName
  #disable-next-line no-hardcoded-location
  location: 'global'
  tags: tags
  properties: { enabledState: 'Enabled' }
}

output host string = endpoint.properties.hostName
