using Microsoft.Extensions.DependencyInjection;

namespace OrderSagaFunctions.Review;

/// <summary>Reviews of suspicious orders.</summary>
internal static class ReviewServices
{
    /// <summary>Registers what this folder is made of.</summary>
    public static IServiceCollection AddReview(this IServiceCollection services)
    {
        services.AddSingleton<ReviewQueue>();
        return services;
    }
}
