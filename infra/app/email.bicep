// Azure Communication Services with its email domain. Data at rest in the United Kingdom; keys switched off.
param communicationName string
param emailName string
param tags object

@description('Empty: a domain of Azure\'s own, which is throttled hard and fit for trying out only.')
param customDomain string

@description('Azure refuses a sender name on, and a link to, a domain whose DNS records are not verified yet.')
param customDomainVerified bool

var useCustomDomain = !empty(customDomain)
var canSend = !useCustomDomain || customDomainVerified
var senderName = useCustomDomain ? 'case-updates' : 'DoNotReply'

resource emailService 'Microsoft.Communication/emailServices@2023-04-01' = {
  name: emailName
  #disable-next-line no-hardcoded-location // The service has no region: its data location says where data rests.
  location: 'global'
  tags: tags
  properties: { dataLocation: 'UK' }
}

resource domain 'Microsoft.Communication/emailServices/domains@2023-04-01' = {
  parent: emailService
  name: useCustomDomain ? customDomain : 'AzureManagedDomain'
  #disable-next-line no-hardcoded-location
  location: 'global'
  tags: tags
  properties: {
    domainManagement: useCustomDomain ? 'CustomerManaged' : 'AzureManaged'
    // Whether and when a Chair opened a message is no one's business.
    userEngagementTracking: 'Disabled'
  }
}

resource sender 'Microsoft.Communication/emailServices/domains/senderUsernames@2023-04-01' = if (useCustomDomain && customDomainVerified) {
  parent: domain
  name: senderName
  properties: {
    username: senderName
    displayName: 'MAPPA case updates'
  }
}

resource communication 'Microsoft.Communication/communicationServices@2025-05-01' = {
  name: communicationName
  #disable-next-line no-hardcoded-location
  location: 'global'
  tags: tags
  properties: {
    dataLocation: 'UK'
    disableLocalAuth: true
    linkedDomains: canSend ? [domain.id] : []
  }
}

output endpoint string = 'https://${communication.properties.hostName}'
output sender string = '${senderName}@${domain.properties.fromSenderDomain}'
