using Sagas;

namespace OrderSagaFunctions.Tests.WriteASaga;

/// <summary>What a trip saga starts with.</summary>
/// <param name="Trip">The trip.</param>
/// <param name="Settings">The settings of the moment, which hold for the whole run.</param>
public sealed record TripSagaInput(Trip Trip, SagaSettings Settings);
