param name string
param location string
param tags object

@description('Who reads the secrets: the app\'s identity.')
param principalId string

@secure()
param webhookSecret string

@secure()
param paymentKey string

var keyVaultSecretsUser = '4633458b-17de-408a-b874-0445c86b69e6'

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: subscription().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
  }
}

resource webhook 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = if (!empty(webhookSecret)) {
  parent: vault
  name: 'webhook-secret'
  properties: { value: webhookSecret }
}

resource payment 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = if (!empty(paymentKey)) {
  parent: vault
  name: 'payment-key'
  properties: { value: paymentKey }
}

resource access 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, principalId, keyVaultSecretsUser)
  scope: vault
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', keyVaultSecretsUser)
  }
}

// References, which the platform resolves for the app; without a version, so that a rotated secret is picked up.
#disable-next-line outputs-should-not-contain-secrets // A reference names the secret and does not hold it.
output webhookSecret string = empty(webhookSecret) ? '' : '@Microsoft.KeyVault(VaultName=${vault.name};SecretName=${webhook.name})'
#disable-next-line outputs-should-not-contain-secrets // As above.
output paymentKey string = empty(paymentKey) ? '' : '@Microsoft.KeyVault(VaultName=${vault.name};SecretName=${payment.name})'
