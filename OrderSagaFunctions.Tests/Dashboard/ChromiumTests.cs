namespace OrderSagaFunctions.Tests.Dashboard;

/// <summary>Where the browser comes from, on machines that have one, can install one, or neither.</summary>
public sealed class ChromiumTests : IDisposable
{
    private readonly string _bin = Directory.CreateTempSubdirectory("chromium-").FullName;

    public void Dispose() => Directory.Delete(_bin, recursive: true);

    [Theory]
    [InlineData("chromium")]
    [InlineData("chromium-browser")]
    [InlineData("google-chrome")]
    public void Path_InstalledUnderAnyName_IsThatOne(string name) => Assert.Equal(Program(name, ""), new Chromium(null, $"/not/there:{_bin}").Path());

    [Fact]
    public void Path_Set_IsThatOneWhateverIsInstalled()
    {
        _ = Program("chromium", "");
        var own = Program("own", "");

        Assert.Equal(own, new Chromium(own, _bin).Path());
    }

    [Fact]
    public void Path_SetToNoFile_NamesTheSettingAndTheValue()
    {
        var failure = Assert.Throws<InvalidOperationException>(() => new Chromium("/not/there", _bin).Path());

        Assert.Contains("ORDER_SAGA_CHROMIUM is '/not/there'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Path_NoneAndAskedForTwiceAtOnce_IsInstalledOnce()
    {
        Apt("""case "$*" in *" install "*) echo "$*" >> "$0.log"; touch "$(dirname "$0")/chromium";; esac""");

        var paths = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(new Chromium("", _bin).Path)));

        Assert.All(paths, path => Assert.Equal(Path.Combine(_bin, "chromium"), path));
        Assert.EndsWith("install -y --no-install-recommends chromium", Assert.Single(await File.ReadAllLinesAsync(Path.Combine(_bin, "apt-get.log"))), StringComparison.Ordinal);
    }

    [Fact]
    public void Path_InstallationFails_TellsWhatWasTriedAndWhatToDo()
    {
        Apt("echo no network >&2; exit 100");

        var failure = Assert.Throws<InvalidOperationException>(new Chromium(null, _bin).Path);

        Assert.Contains("No chromium, chromium-browser, google-chrome in PATH", failure.Message, StringComparison.Ordinal);
        Assert.Contains("install -y --no-install-recommends chromium' ended with 100: no network", failure.Message, StringComparison.Ordinal);
        Assert.Contains("set ORDER_SAGA_CHROMIUM to the path", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Path_NoneAndNoApt_TellsWhatToDo()
    {
        var failure = Assert.Throws<InvalidOperationException>(new Chromium(null, _bin).Path);

        Assert.Contains("no apt-get", failure.Message, StringComparison.Ordinal);
        Assert.Contains("set ORDER_SAGA_CHROMIUM to the path", failure.Message, StringComparison.Ordinal);
    }

    private void Apt(string script)
    {
        _ = Program("apt-get", script);

        // For those who are not root.
        _ = Program("sudo", "shift; exec \"$@\"");
    }

    private string Program(string name, string script)
    {
        var path = Path.Combine(_bin, name);
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }
}
