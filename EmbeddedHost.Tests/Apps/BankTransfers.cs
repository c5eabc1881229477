using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Entities;

namespace EmbeddedHost.Tests.Apps;

/// <summary>Money between accounts, which are entities: a transfer has both for itself while it moves some.</summary>
public static class BankTransfers
{
    public sealed record Order(string From, string To, int Amount);

    public static EntityInstanceId Account(string owner) => new(nameof(Account), owner);

    [Function(nameof(Account))]
    public static Task Account([EntityTrigger] TaskEntityDispatcher dispatcher) => dispatcher.DispatchAsync<AccountState>();

    /// <summary>Opens an account. Started twice under one id, it opens it once.</summary>
    [Function(nameof(Open))]
    public static Task Open([OrchestrationTrigger] TaskOrchestrationContext context, string owner) =>
        context.Entities.CallEntityAsync(Account(owner), nameof(AccountState.Deposit), 100);

    /// <summary>Moves money, or says that there is not enough.</summary>
    [Function(nameof(Transfer))]
    public static async Task<bool> Transfer([OrchestrationTrigger] TaskOrchestrationContext context, Order order)
    {
        var (from, to) = (Account(order.From), Account(order.To));
        await using (await context.Entities.LockEntitiesAsync(from, to))
        {
            if (await context.Entities.CallEntityAsync<int>(from, nameof(AccountState.Read)) < order.Amount)
            {
                return false;
            }

            await context.Entities.CallEntityAsync(from, nameof(AccountState.Withdraw), order.Amount);
            await context.Entities.CallEntityAsync(to, nameof(AccountState.Deposit), order.Amount);
            return true;
        }
    }

    /// <summary>What all accounts have together, at one time.</summary>
    [Function(nameof(Total))]
    public static async Task<int> Total([OrchestrationTrigger] TaskOrchestrationContext context, IReadOnlyList<string> owners)
    {
        await using (await context.Entities.LockEntitiesAsync(owners.Select(Account)))
        {
            var total = 0;
            foreach (var owner in owners)
            {
                total += await context.Entities.CallEntityAsync<int>(Account(owner), nameof(AccountState.Read));
            }

            return total;
        }
    }

    /// <summary>An account: the state and its operations are one class.</summary>
    public sealed class AccountState
    {
        public int Balance { get; set; }

        public int Read() => Balance;

        public void Deposit(int amount) => Balance += amount;

        public void Withdraw(int amount) => Balance = amount <= Balance ? Balance - amount : throw new InvalidOperationException("The account is short.");
    }
}
