using EmbeddedHost.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedHost.Tests.Apps;

public sealed class WordCountTests
{
    [Fact]
    public async Task WordCount_ManyPages_AddsUpEachOnce()
    {
        await using var host = await RunningHost.StartAsync(
            [typeof(WordCount)], builder => builder.Services.AddSingleton<WordCount.ITextSource, Pages>());

        var ended = await host.RunAsync("api/books/saga/count", Enumerable.Range(1, 40).Select(page => $"p{page}"));

        Assert.Equal("count-saga", ended.GetProperty("instanceId").GetString());
        Assert.Equal(120, ended.Output().GetInt32());
    }

    private sealed class Pages : WordCount.ITextSource
    {
        public string Read(string page) => $"the {page} ends";
    }
}
