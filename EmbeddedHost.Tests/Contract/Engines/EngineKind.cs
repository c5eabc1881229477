using System.Reflection;
using Xunit.Sdk;

namespace EmbeddedHost.Tests.Contract.Engines;

/// <summary>The engines that the contract is held against.</summary>
public enum EngineKind
{
    /// <summary>Ours, with orchestrators kept in memory between their turns.</summary>
    Embedded,

    /// <summary>Ours, where each turn is replayed from disk.</summary>
    EmbeddedCold,

    /// <summary>The Durable Task Framework over the memory of Microsoft's test host, with nothing of this host around it.</summary>
    InMemory,

    /// <summary>The Durable Task Framework over Azure Storage (Azurite), as this host runs it with <c>--engine AzureStorage</c>.</summary>
    AzureStorage,
}

/// <summary>Runs a theory on each engine, or on some with the reason why.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class EnginesAttribute : DataAttribute
{
    /// <summary>The engines that do otherwise.</summary>
    public EngineKind[] Except { get; init; } = [];

    /// <summary>The engines that the test is about; none is all.</summary>
    public EngineKind[] Only { get; init; } = [];

    /// <summary>What the other engines do instead, or why the test cannot be run there.</summary>
    public string? Because { get; init; }

    public override IEnumerable<object[]> GetData(MethodInfo testMethod)
    {
        var all = Enum.GetValues<EngineKind>();
        var taken = (Only.Length == 0 ? all : Only).Except(Except).ToArray();
        return taken.Length == all.Length == Because is null
            ? taken.Select(static kind => new object[] { kind })
            : throw new InvalidOperationException($"'{testMethod.Name}' leaves out engines and gives the reason, or does neither.");
    }
}
