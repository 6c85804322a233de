using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace TerritoireCollab.Platform.Live;

/// <summary>
/// Signals inside the process: who looks at something hears that it moved. A signal carries no content; whoever hears it reads again
/// with its own rights.
/// </summary>
public sealed partial class LiveTopics(ILogger<LiveTopics> log)
{
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<Guid, Func<Task>>> _listeners = new();

    /// <summary>The topic of a content: its text or its comments moved.</summary>
    public static string Item(Guid id) => $"item:{id:N}";

    /// <summary>The topic of a member: notifications or rights moved.</summary>
    public static string Member(Guid id) => $"member:{id:N}";

    /// <summary>Calls <paramref name="listener"/> at each signal until the handle is disposed of.</summary>
    public IDisposable Subscribe(string topic, Func<Task> listener)
    {
        var key = Guid.CreateVersion7();
        _listeners.GetOrAdd(topic, _ => new())[key] = listener;
        return new Handle(this, topic, key);
    }

    /// <summary>Signals that the thing behind <paramref name="topic"/> moved. A listener that fails does not stop the others.</summary>
    public async Task SignalAsync(string topic)
    {
        if (!_listeners.TryGetValue(topic, out var listeners)) return;
        await Task.WhenAll(listeners.Values.Select(CallAsync));
    }

    private async Task CallAsync(Func<Task> listener)
    {
        try
        {
            await listener();
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            LogListenerFailed(failure);
        }
    }

    private void Remove(string topic, Guid key)
    {
        if (!_listeners.TryGetValue(topic, out var listeners)) return;
        listeners.TryRemove(key, out _);
        // A race leaves an empty dictionary behind at worst, which the next subscription of the topic uses.
        if (listeners.IsEmpty) _listeners.TryRemove(new(topic, listeners));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A live listener failed; it hears the next signal.")]
    private partial void LogListenerFailed(Exception failure);

    private sealed class Handle(LiveTopics topics, string topic, Guid key) : IDisposable
    {
        public void Dispose() => topics.Remove(topic, key);
    }
}
