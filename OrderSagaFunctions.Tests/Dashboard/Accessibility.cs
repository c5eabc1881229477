using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace OrderSagaFunctions.Tests.Dashboard;

/// <summary>What axe finds wrong with a page: <see href="https://github.com/dequelabs/axe-core/blob/develop/doc/rule-descriptions.md"/>.</summary>
internal static class Accessibility
{
    /// <summary>Lets axe look at the page as it is now, and fails with each rule, node and reason where it finds a violation.</summary>
    public static async Task ShouldBeAccessibleAsync(this IPage page)
    {
        var result = await page.RunAxe();
        Assert.True(result.Violations.Length == 0, $"Expected an accessible page, found:{PageWatch.Lines(result.Violations.SelectMany(Lines))}");
    }

    private static IEnumerable<string> Lines(AxeResultItem rule) =>
        rule.Nodes.Select(node => $"{rule.Id} ({rule.Impact}): {rule.Help}. {node.Target} is {node.Html}: {string.Join("; ", Reasons(node))}");

    private static IEnumerable<string> Reasons(AxeResultNode node) =>
        node.Any.Concat(node.All).Concat(node.None).Select(static check => check.Message);
}
