using System.Reflection;

namespace EmbeddedHost.Tests.Compatibility;

/// <summary>A reflected type or member together with the line that a surface list would have for it.</summary>
internal sealed record SurfaceMember(SurfaceLine Line, MemberInfo Source);
