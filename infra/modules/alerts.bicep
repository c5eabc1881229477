param token string
param location string
param tags object
param workspaceId string
param email string

// Each phrase is one that the app logs, each name one of its functions; a test looks them up in its sources.
var rules = [
  {
    name: 'incidents'
    description: 'Something is left undone. See GET /api/incidents.'
    query: 'AppTraces | where Message has "is left with an incident" or Message has "The saga stopped before its end"'
    severity: 1
    window: 'PT5M'
    operator: 'GreaterThan'
    threshold: 0
  }
  {
    name: 'parked'
    description: 'A saga waits for an operator. See GET /api/orders?parked=true.'
    query: 'AppTraces | where Message has "waits for an operator"'
    severity: 2
    window: 'PT5M'
    operator: 'GreaterThan'
    threshold: 0
  }
  {
    name: 'backward'
    description: 'Many orders fail at once, as where a service behind the app is down. See GET /api/orders/counts.'
    query: 'AppTraces | where Message has "goes backward"'
    severity: 2
    window: 'PT15M'
    operator: 'GreaterThan'
    threshold: 20
  }
  {
    name: 'server-errors'
    description: 'Callers get answers of 500 and above.'
    query: 'AppRequests | where toint(ResultCode) >= 500'
    severity: 2
    window: 'PT5M'
    operator: 'GreaterThan'
    threshold: 5
  }
  {
    name: 'not-reconciled'
    description: 'The timer function that finds the sagas which were stopped from outside has not run.'
    query: 'AppRequests | where Name == "ReconcileOrders" and Success'
    severity: 3
    window: 'PT1H'
    operator: 'LessThan'
    threshold: 1
  }
]

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(email)) {
  name: 'ag-${token}'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'orders'
    emailReceivers: [{ name: 'operators', emailAddress: email, useCommonAlertSchema: true }]
  }
}

resource alerts 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for rule in rules: {
    name: 'orders-${rule.name}-${token}'
    location: location
    tags: tags
    properties: {
      displayName: 'Orders: ${rule.name}'
      description: rule.description
      severity: rule.severity
      enabled: true
      scopes: [workspaceId]
      evaluationFrequency: rule.window
      windowSize: rule.window
      criteria: {
        allOf: [
          {
            query: rule.query
            timeAggregation: 'Count'
            operator: rule.operator
            threshold: rule.threshold
          }
        ]
      }
      autoMitigate: true
      actions: empty(email) ? null : { actionGroups: [people.id] }
    }
  }
]
