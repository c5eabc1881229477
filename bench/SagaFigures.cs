namespace Bench;

/// <summary>How long orders took in milliseconds, from POST to the answer that they have ended.</summary>
internal sealed record Times(double P50, double P99)
{
    public static Times Of(double[] measured)
    {
        Array.Sort(measured);
        return new Times(Percentile(measured, 0.50), Percentile(measured, 0.99));
    }

    private static double Percentile(double[] sorted, double share) => sorted[(int)Math.Min(sorted.Length - 1, sorted.Length * share)];
}

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
