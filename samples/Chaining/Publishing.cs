using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Chaining;

public sealed record Article(string Title, string Text);

public sealed record Page(string Html, string ETag);

/// <summary>Makes a page of an article in three steps. Each takes what the step before it made.</summary>
public static class Publishing
{
    // A step that fails is tried again; the steps before it are not.
    private static readonly TaskOptions Retry = TaskOptions.FromRetryPolicy(
        new RetryPolicy(maxNumberOfAttempts: 4, firstRetryInterval: TimeSpan.FromSeconds(1), backoffCoefficient: 2));

    [Function(nameof(StartPublishing))]
    public static async Task<HttpResponseData> StartPublishing(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "articles")] HttpRequestData request,
        [DurableClient] DurableTaskClient client)
    {
        var article = await request.ReadFromJsonAsync<Article>();
        if (article is not { Title.Length: > 0, Text.Length: > 0 })
        {
            return request.CreateResponse(HttpStatusCode.BadRequest);
        }

        var id = await client.ScheduleNewOrchestrationInstanceAsync(nameof(Publish), article);
        return await client.CreateCheckStatusResponseAsync(request, id);
    }

    [Function(nameof(Publish))]
    public static async Task<Page> Publish([OrchestrationTrigger] TaskOrchestrationContext context, Article article)
    {
        var tidy = await context.CallActivityAsync<Article>(nameof(Tidy), article, Retry);
        var html = await context.CallActivityAsync<string>(nameof(Render), tidy, Retry);
        return await context.CallActivityAsync<Page>(nameof(Seal), html, Retry);
    }

    [Function(nameof(Tidy))]
    public static Article Tidy([ActivityTrigger] Article article) =>
        new(article.Title.Trim(), string.Join(' ', article.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));

    [Function(nameof(Render))]
    public static string Render([ActivityTrigger] Article article) =>
        $"<h1>{WebUtility.HtmlEncode(article.Title)}</h1><p>{WebUtility.HtmlEncode(article.Text)}</p>";

    [Function(nameof(Seal))]
    public static Page Seal([ActivityTrigger] string html) =>
        new(html, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(html))));
}
