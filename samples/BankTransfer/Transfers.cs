using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Entities;

namespace BankTransfer;

public sealed record Transfer(string From, string To, long Cents);

/// <summary>Moves money between two accounts, which it has for itself while it does.</summary>
public static class Transfers
{
    public static EntityInstanceId Account(string owner) => new(nameof(BankTransfer.Account), owner);

    /// <summary>"Moved", or why not.</summary>
    [Function(nameof(Move))]
    public static async Task<string> Move([OrchestrationTrigger] TaskOrchestrationContext context, Transfer transfer)
    {
        var (from, to) = (Account(transfer.From), Account(transfer.To));

        // Locks are taken in one order whatever is named first: two transfers to and fro do not wait for each other.
        await using (await context.Entities.LockEntitiesAsync(from, to))
        {
            var source = await context.Entities.CallEntityAsync<Balance>(from, nameof(BankTransfer.Account.Read));
            var target = await context.Entities.CallEntityAsync<Balance>(to, nameof(BankTransfer.Account.Read));
            if (!source.IsOpen || !target.IsOpen)
            {
                return "No such account";
            }

            if (source.Cents < transfer.Cents)
            {
                return "Not enough money";
            }

            // Nobody else sees what is between the two. A crash there is no end: the orchestration goes on.
            await context.Entities.CallEntityAsync(from, nameof(BankTransfer.Account.Withdraw), transfer.Cents);
            await context.Entities.CallEntityAsync(to, nameof(BankTransfer.Account.Deposit), transfer.Cents);
            return "Moved";
        }
    }
}
