targetScope = 'subscription'

@description('The azd environment; names the resource group and, hashed, everything in it.')
@minLength(1)
@maxLength(40)
param environmentName string

@description('The region of every resource. It must offer Flex Consumption, zone-redundant storage and, with that backend, the Durable Task Scheduler.')
@minLength(1)
param location string

@description('Where Durable Functions keeps orchestrations. The package is built for the same one: both read DURABLE_BACKEND of the azd environment.')
@allowed(['AzureStorage', 'DurableTaskScheduler'])
param durableBackend string

@description('Memory of one instance, in megabytes.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@description('The most instances that the app scales out to.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('Where notifications are delivered to. Empty: they are stored and not delivered.')
param webhookUrl string = ''

@description('What deliveries are signed with. Needed with a webhookUrl.')
@secure()
param webhookSecret string = ''

@description('The payment provider\'s API. Empty: money moves in the app\'s own ledger.')
param paymentBaseUrl string = ''

@description('What the provider\'s key header holds.')
@secure()
param paymentKey string = ''

@description('Further settings of the app by name, such as Saga__ReviewTimeout. Never a secret.')
param appSettings object = {}

@description('Who is told of alerts. Empty: they are only to be seen in the portal.')
param alertEmail string = ''

var token = toLower(uniqueString(subscription().id, environmentName, location))
var tags = { 'azd-env-name': environmentName }
var usesScheduler = durableBackend == 'DurableTaskScheduler'
var hasSecrets = !empty(webhookSecret) || !empty(paymentKey)

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  scope: group
  params: { name: 'id-${token}', location: location, tags: tags }
}

module storage 'modules/storage.bicep' = {
  scope: group
  params: {
    name: 'st${token}'
    location: location
    tags: tags
    principalId: identity.outputs.principalId
    holdsOrchestrations: !usesScheduler
  }
}

module scheduler 'modules/scheduler.bicep' = if (usesScheduler) {
  scope: group
  params: {
    name: 'dts-${token}'
    location: location
    tags: tags
    principalId: identity.outputs.principalId
    clientId: identity.outputs.clientId
  }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: { token: token, location: location, tags: tags, principalId: identity.outputs.principalId }
}

module vault 'modules/vault.bicep' = if (hasSecrets) {
  scope: group
  params: {
    name: 'kv-${token}'
    location: location
    tags: tags
    principalId: identity.outputs.principalId
    webhookSecret: webhookSecret
    paymentKey: paymentKey
  }
}

var webhookSettings = empty(webhookUrl)
  ? {}
  : { Notifications__WebhookUrl: webhookUrl, Notifications__WebhookSecret: vault.?outputs.webhookSecret ?? '' }
var paymentSettings = empty(paymentBaseUrl)
  ? {}
  : { Payments__Gateway: 'Http', Payments__BaseUrl: paymentBaseUrl, Payments__Key: vault.?outputs.paymentKey ?? '' }
var schedulerSettings = usesScheduler
  ? { DURABLE_TASK_SCHEDULER_CONNECTION_STRING: scheduler!.outputs.connectionString }
  : {}

module app 'modules/app.bicep' = {
  scope: group
  params: {
    name: 'func-${token}'
    planName: 'plan-${token}'
    location: location
    tags: tags
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    storageName: storage.outputs.name
    packageContainerUrl: storage.outputs.packageContainerUrl
    insightsConnectionString: monitoring.outputs.insightsConnectionString
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    settings: union(appSettings, webhookSettings, paymentSettings, schedulerSettings)
  }
}

module alerts 'modules/alerts.bicep' = {
  scope: group
  params: { token: token, location: location, tags: tags, workspaceId: monitoring.outputs.workspaceId, email: alertEmail }
}

output AZURE_FUNCTION_NAME string = app.outputs.name
output AZURE_RESOURCE_GROUP string = group.name
output ORDERS_URL string = app.outputs.url
