namespace OrderSagaFunctions.Review;

/// <summary>A review as it was written down, whatever has become of its saga since.</summary>
/// <param name="Task">What was asked.</param>
/// <param name="View">The same as the API shows it, with the decision.</param>
internal sealed record StoredReview(ReviewRequest Task, ReviewView View);
