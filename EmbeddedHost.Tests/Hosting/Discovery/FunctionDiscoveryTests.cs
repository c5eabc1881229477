using EmbeddedHost.Hosting;
using EmbeddedHost.Hosting.Discovery;
using EmbeddedHost.Hosting.Invocation;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Hosting.Discovery;

public sealed class FunctionDiscoveryTests
{
    [Fact]
    public void Scan_ValidFunctions_AreFoundWithTheirTriggers()
    {
        var functions = FunctionScanner.Scan([typeof(Valid), typeof(HiddenClass), typeof(string)]);

        Assert.Equal(
            ["act:Activity:renamed", "hidden:Activity:hidden", "http:Http:http", "orchestrate:Orchestration:orchestrate"],
            functions.Select(function => $"{function.FunctionName}:{function.Kind}:{function.Name}"));
    }

    [Theory]
    [InlineData(typeof(NoTrigger), "no parameter has a trigger")]
    [InlineData(typeof(TwoTriggers), "parameters 'a', 'b' each have a trigger")]
    [InlineData(typeof(NotPublic), "the method should be public")]
    [InlineData(typeof(AsyncVoid), "'async void'")]
    [InlineData(typeof(Generic<>), "cannot be generic")]
    [InlineData(typeof(NoConstructor), "has no public constructor")]
    [InlineData(typeof(BadName), "the name should begin with a letter")]
    [InlineData(typeof(Twice), "Function 'same' is declared 2 times")]
    [InlineData(typeof(SameActivity), "Function 'Pay' is declared 2 times")]
    public void Scan_MethodThatCannotBeAFunction_NamesItAndTheFix(Type type, string expected)
    {
        var error = Assert.Throws<HostStartupException>(() => FunctionScanner.Scan([type]));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains(type.Name.Split('`')[0], error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Scan_SeveralErrors_AreToldAtOnce()
    {
        var error = Assert.Throws<HostStartupException>(() => FunctionScanner.Scan([typeof(NoTrigger), typeof(AsyncVoid)]));

        Assert.Contains("no parameter has a trigger", error.Message, StringComparison.Ordinal);
        Assert.Contains("'async void'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(Unfillable.Service), "parameter 'text': nothing fills a 'StringReader'")]
    [InlineData(nameof(Unfillable.Client), "parameter 'client': mark it with [DurableClient]")]
    [InlineData(nameof(Unfillable.WrongClient), "parameter 'client': [DurableClient] fills a DurableTaskClient")]
    [InlineData(nameof(Unfillable.ActivityExtra), "parameter 'extra': nothing fills a 'String'")]
    [InlineData(nameof(Unfillable.ForeignBody), "parameter 'body': its [FromBody] is ASP.NET Core's")]
    [InlineData(nameof(Unfillable.SecondInput), "parameter 'second': nothing fills a 'String'")]
    [InlineData(nameof(Unfillable.InputTwice), "parameter 'again': nothing fills a 'String'")]
    public void Prepare_ParameterThatNothingFills_NamesFunctionParameterAndFix(string method, string expected)
    {
        var function = FunctionScanner.Scan([typeof(Unfillable)]).Where(function => function.Method.Name == method);

        var error = Assert.Throws<HostStartupException>(() => HostedFunction.Prepare(function));

        Assert.Contains($"Function '{method}'", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    public static class Valid
    {
        [Function("http")]
        public static void Http([HttpTrigger] HttpRequestData request)
        {
        }

        [Function("orchestrate")]
        public static Task Orchestrate([OrchestrationTrigger] TaskOrchestrationContext context) => Task.CompletedTask;

        [Function("act")]
        public static void Act([ActivityTrigger(Activity = "renamed")] int input)
        {
        }

        public static void NoFunction()
        {
        }
    }

    public static class NoTrigger
    {
        [Function("none")]
        public static void Run(string input)
        {
        }
    }

    public static class TwoTriggers
    {
        [Function("two")]
        public static void Run([ActivityTrigger] string a, [HttpTrigger] HttpRequestData b)
        {
        }
    }

    public static class NotPublic
    {
        [Function("hidden")]
        internal static void Run([ActivityTrigger] string input)
        {
        }
    }

    internal static class HiddenClass
    {
        [Function("hidden")]
        public static void Run([ActivityTrigger] string input)
        {
        }
    }

    public static class AsyncVoid
    {
        [Function("lost")]
        [System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "MA0155", Justification = "What the host refuses.")]
        public static async void Run([ActivityTrigger] string input) => await Task.Yield();
    }

    public static class Generic<T>
    {
        [Function("generic")]
        public static void Run([ActivityTrigger] T input)
        {
        }
    }

    public sealed class NoConstructor
    {
        private NoConstructor()
        {
        }

        [Function("run")]
        public static void Static([ActivityTrigger] string input) => _ = new NoConstructor();

        [Function("other")]
        public Task Other([ActivityTrigger] string input) => Task.FromResult(this);
    }

    public static class BadName
    {
        [Function("1 function")]
        public static void Run([ActivityTrigger] string input)
        {
        }
    }

    public static class Twice
    {
        [Function("same")]
        public static void First([ActivityTrigger] string input)
        {
        }

        [Function("Same")]
        public static void Second([ActivityTrigger] string input)
        {
        }
    }

    public static class SameActivity
    {
        [Function("Pay")]
        public static void First([ActivityTrigger] string input)
        {
        }

        [Function("PayAgain")]
        public static void Second([ActivityTrigger(Activity = "pay")] string input)
        {
        }
    }

    public static class Unfillable
    {
        [Function(nameof(Service))]
        public static void Service([HttpTrigger] HttpRequestData request, StringReader text)
        {
        }

        [Function(nameof(Client))]
        public static void Client([HttpTrigger] HttpRequestData request, DurableTaskClient client)
        {
        }

        [Function(nameof(WrongClient))]
        public static void WrongClient([HttpTrigger] HttpRequestData request, [DurableClient] string client)
        {
        }

        [Function(nameof(ActivityExtra))]
        public static void ActivityExtra([ActivityTrigger] string input, string extra)
        {
        }

        [Function(nameof(ForeignBody))]
        public static void ForeignBody([HttpTrigger] HttpRequestData request, [Microsoft.AspNetCore.Mvc.FromBody] Uri body)
        {
        }

        [Function(nameof(SecondInput))]
        public static void SecondInput([OrchestrationTrigger] TaskOrchestrationContext context, string first, string second)
        {
        }

        [Function(nameof(InputTwice))]
        public static void InputTwice([OrchestrationTrigger] string input, TaskOrchestrationContext context, string again)
        {
        }
    }
}
