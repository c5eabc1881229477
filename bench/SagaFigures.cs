namespace Bench;

/// <summary>What one run measured. Times are milliseconds, memory is MiB, CPU and disk are the host's alone.</summary>
internal sealed record SagaFigures(
    string Name,
    double SagasPerSecond,
    double P50Ms,
    double P99Ms,
    double CpuMsPerSaga,
    double PeakRssMb,
    double BytesPerSaga,
    double FsyncsPerSaga);
