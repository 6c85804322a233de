using TerritoireCollab.Platform.Jobs;

namespace TerritoireCollab.Veille.Fetching;

/// <summary>Wakes the fetcher: a source was added, or somebody wants it asked again.</summary>
internal sealed class FetchWake : WorkerWake;
