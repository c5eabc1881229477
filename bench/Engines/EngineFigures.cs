namespace Bench.Engines;

/// <summary>What one engine did. Times are milliseconds; CPU is the host's alone.</summary>
/// <param name="Name">The engine.</param>
/// <param name="SagasPerSecond">Under load, with callers that wait for their orders.</param>
/// <param name="Loaded">How long an order takes under load.</param>
/// <param name="Alone">How long an order takes where there is no other.</param>
/// <param name="CpuMsPerSaga">Under load.</param>
internal sealed record EngineFigures(string Name, double SagasPerSecond, Times Loaded, Times Alone, double CpuMsPerSaga);

/// <summary>What the engine on a storage account asked of it, without any caller that waits.</summary>
/// <param name="Orders">Orders that came at once.</param>
/// <param name="AtOnce">All requests meanwhile.</param>
/// <param name="AtOnceSeconds">From the first order to the end of the last.</param>
/// <param name="Apart">Orders that came one by one.</param>
/// <param name="OneByOne">All requests meanwhile.</param>
/// <param name="IdleMinute">Requests of a minute without orders.</param>
internal sealed record StorageFigures(int Orders, Requests AtOnce, double AtOnceSeconds, int Apart, Requests OneByOne, Requests IdleMinute);
