namespace EmbeddedHost.Tests.Compatibility.Reference;

/// <summary>An assembly compiled from nothing but surface lists.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Source">What it was compiled from, and what of the lists it lacks.</param>
internal sealed record ReferenceAssembly(string Path, ReferenceSource Source);
