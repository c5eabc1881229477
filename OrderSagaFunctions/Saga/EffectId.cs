namespace OrderSagaFunctions.Saga;

/// <summary>
/// The id of a side effect, derived from what it is and not from when it happened: a repeated activity makes the same id
/// and so meets its own earlier record.
/// </summary>
public static class EffectId
{
    private static readonly Guid Space = new("6f2b1c0e-6f0a-4d4c-9d2f-5a3f0f7f3a51");

    /// <summary>Makes the id of one effect of one saga.</summary>
    /// <param name="key">What the saga is about.</param>
    /// <param name="type">What is done: Debit, Credit, Reserve, Release, or a notification's name.</param>
    /// <param name="generation">Which saga of that does it, counted from 1.</param>
    /// <param name="scope">The part of it that is concerned, such as a fulfilment location; empty for the whole.</param>
    public static Guid Of(string key, string type, int generation, string scope = "") =>
        NameBasedGuid.Create(Space, $"{key}|{type}|{scope}|{generation}");
}
