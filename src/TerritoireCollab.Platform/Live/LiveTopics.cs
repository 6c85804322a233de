using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace TerritoireCollab.Platform.Live;

/// <summary>
/// Signals inside the process: who looks at something hears that it moved. A signal carries no content; whoever hears it reads again
/// with its own rights.
/// </summary>
public sealed partial class LiveTopics(ILogger<LiveTopics> log)
{
    // Lists are replaced, never changed: a signal goes to those who listened when it was given.
    private readonly Dictionary<string, ImmutableList<Handle>> _listeners = [];
    private readonly Lock _turn = new();

    /// <summary>The topic of a content: its text or its comments moved.</summary>
    public static string Item(Guid id) => $"item:{id:N}";

    /// <summary>The topic of a member: notifications or rights moved.</summary>
    public static string Member(Guid id) => $"member:{id:N}";

    /// <summary>The topic of a group: something happened in it.</summary>
    public static string Group(Guid id) => $"group:{id:N}";

    /// <summary>Calls <paramref name="listener"/> at each signal until the handle is disposed of.</summary>
    public IDisposable Subscribe(string topic, Func<Task> listener)
    {
        var handle = new Handle(this, topic, listener);
        lock (_turn) _listeners[topic] = _listeners.GetValueOrDefault(topic, []).Add(handle);
        return handle;
    }

    /// <summary>How many listen to <paramref name="topic"/>.</summary>
    public int Count(string topic) => Listeners(topic).Count;

    /// <summary>Signals that the thing behind <paramref name="topic"/> moved. A listener that fails does not stop the others.</summary>
    public Task SignalAsync(string topic) => Task.WhenAll(Listeners(topic).Select(l => CallAsync(l.Listener)));

    private ImmutableList<Handle> Listeners(string topic)
    {
        lock (_turn) return _listeners.GetValueOrDefault(topic, []);
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

    private void Remove(Handle handle)
    {
        lock (_turn)
        {
            var left = _listeners.GetValueOrDefault(handle.Topic, []).Remove(handle);
            if (left.IsEmpty) _listeners.Remove(handle.Topic);
            else _listeners[handle.Topic] = left;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A live listener failed; it hears the next signal.")]
    private partial void LogListenerFailed(Exception failure);

    private sealed class Handle(LiveTopics topics, string topic, Func<Task> listener) : IDisposable
    {
        public string Topic => topic;

        public Func<Task> Listener => listener;

        public void Dispose() => topics.Remove(this);
    }
}
