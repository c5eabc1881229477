using Microsoft.Extensions.DependencyInjection;
using Sagas.Claims;

namespace OrderSagaFunctions.Submissions;

/// <summary>How orders come in.</summary>
internal static class SubmissionsServices
{
    /// <summary>Registers what this folder is made of.</summary>
    public static IServiceCollection AddSubmissions(this IServiceCollection services)
    {
        services.AddSingleton<SubmissionStore>();
        services.AddSingleton<OrderStart>();
        services.AddSingleton<IClaimedSaga>(static provider => provider.GetRequiredService<OrderStart>());
        return services;
    }
}
