namespace EmbeddedHost.Tests.Compatibility;

/// <summary>The checks themselves: what they let pass, what they report, and how they put it.</summary>
public sealed class SurfaceCheckTests
{
    private static readonly SurfaceMember[] Exposed = [.. SurfaceWriter.Write(typeof(Shapes))];

    private static string Name => TypeText.Of(typeof(Shapes));

    [Theory]
    [InlineData("type | class : System.ICloneable")]
    [InlineData("ctor | protected (System.Int32 size = 3)")]
    [InlineData("field | public const System.String Unit")]
    [InlineData("property | public System.Nullable<System.Int32> Size { get; init; }")]
    [InlineData("property | public System.String Item[System.String key] { get; }")]
    [InlineData("method | public System.Object Clone()")]
    [InlineData("method | public System.Boolean TryGet<T>(System.String key, T& value) where T : class, new()")]
    [InlineData("method | protected virtual System.Threading.Tasks.Task<T> RunAsync<T>(System.DayOfWeek day = 1, System.Threading.CancellationToken cancellation = default)")]
    public void Write_OfAMember_ReadsAsInTheLists(string expected) =>
        Assert.Contains($"{Name} | {expected}", Exposed.Select(member => member.Line.ToString()));

    [Fact]
    public void Offences_OfAListedSurface_AreNone() =>
        Assert.Empty(SurfaceCheck.Offences(Exposed, Exposed.Select(member => member.Line)));

    [Fact]
    public void Offences_WhereADefaultDiffers_ShowBothLines()
    {
        var listed = Exposed.Select(member => member.Line.Kind == "ctor"
            ? member.Line with { Shape = "protected (System.Int32 size = 4)" }
            : member.Line);

        var offence = Assert.Single(SurfaceCheck.Offences(Exposed, listed));

        Assert.Contains($"exposed: {Name} | ctor | protected (System.Int32 size = 3)", offence, StringComparison.Ordinal);
        Assert.Contains($"list: {Name} | ctor | protected (System.Int32 size = 4)", offence, StringComparison.Ordinal);
    }

    [Fact]
    public void Offences_WhereAnOverrideIsNotListed_AreNone() =>
        Assert.Empty(SurfaceCheck.Offences(
            Exposed.Where(member => member.Line.Name == nameof(ToString)),
            Exposed.Select(member => member.Line).Where(line => line.Kind == "type")));

    [Fact]
    public void Offences_OfAnUnlistedType_SaySo() =>
        Assert.All(SurfaceCheck.Offences(Exposed, []), offence => Assert.Contains("no list has this type", offence, StringComparison.Ordinal));

    [Fact]
    public void MissingDuties_WhereAnAbstractMemberIsNotExposed_NameIt()
    {
        SurfaceMember[] all = [.. SurfaceWriter.Write(typeof(Base))];
        SurfaceMember[] exposed = [.. all.Where(member => member.Line.Kind == "type")];

        var missing = SurfaceCheck.MissingDuties(exposed, all.Select(member => member.Line));

        Assert.Collection(
            missing.Order(StringComparer.Ordinal),
            line => Assert.Contains(nameof(Base.LeftToUsers), line, StringComparison.Ordinal),
            line => Assert.Contains(nameof(Base.OnlyEverThrows), line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(nameof(Shapes.Throws), true)]
    [InlineData(nameof(Shapes.ThrowsAMessage), true)]
    [InlineData(nameof(Shapes.ThrowsThroughAHelper), true)]
    [InlineData(nameof(Shapes.FailsATask), true)]
    [InlineData(nameof(Shapes.ThrowsSometimes), false)]
    [InlineData(nameof(Shapes.Clone), false)]
    public void OnlyThrows_OfABody_TellsARealOne(string method, bool expected) =>
        Assert.Equal(expected, MethodBodies.OnlyThrows(typeof(Shapes).GetMethod(method)!));

    [Theory]
    [InlineData(nameof(Base.OverriddenForReal), false)]
    [InlineData(nameof(Base.OnlyEverThrows), true)]
    [InlineData(nameof(Base.LeftToUsers), false)]
    public void ThrowingMembers_OfAVirtualMember_LooksAtWhatACallerReaches(string method, bool expected) =>
        Assert.Equal(expected, new ThrowingMembers(typeof(Base).Assembly).Contains(typeof(Base).GetMethod(method)!));

    public class Shapes : ICloneable
    {
        public const string Unit = "mm";

        protected Shapes(int size = 3) => Size = size;

        public int? Size { get; init; }

        public string this[string key] => key;

        public bool TryGet<T>(string key, out T value)
            where T : class, new()
        {
            value = new T();
            return key == Unit;
        }

        protected virtual Task<T> RunAsync<T>(DayOfWeek day = DayOfWeek.Monday, CancellationToken cancellation = default) =>
            Task.FromResult(default(T)!);

        public override string ToString() => Unit;

        public object Clone() => MemberwiseClone();

        public static int Throws() => throw new NotSupportedException();

        public static void ThrowsAMessage(int size) => throw new NotSupportedException($"Size {size} is not supported.");

        public static int ThrowsThroughAHelper() => Refuse<int>("size");

        public static Task FailsATask() => Task.FromException(new NotSupportedException());

        public static int ThrowsSometimes(int size) => size > 0 ? size : throw new NotSupportedException();

        private static T Refuse<T>(string name) => throw new NotSupportedException(name);
    }

    public abstract class Base
    {
        public virtual int OverriddenForReal() => throw new NotSupportedException();

        public abstract int OnlyEverThrows();

        public abstract int LeftToUsers(int size);
    }

    private abstract class Partial : Base
    {
        public override int OverriddenForReal() => 1;

        public override int OnlyEverThrows() => throw new NotSupportedException();
    }
}
